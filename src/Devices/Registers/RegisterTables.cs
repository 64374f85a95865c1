using System.Diagnostics.CodeAnalysis;

namespace HilRig.Devices.Registers;

/// <summary>Every servo model HilRig knows.</summary>
public static class RegisterTables
{
    /// <summary>All tables.</summary>
    public static IReadOnlyList<RegisterTable> All { get; } = [Sts3215.Table, Sts3250.Table];

    /// <summary>Finds a table by the model name used in rig files.</summary>
    /// <param name="model">Name, such as "sts3215"; case does not matter.</param>
    /// <param name="table">The table, when the result is true.</param>
    public static bool TryFind(string model, [NotNullWhen(true)] out RegisterTable? table)
    {
        table = All.FirstOrDefault(
            known => string.Equals(known.Model, model, StringComparison.OrdinalIgnoreCase));
        return table is not null;
    }

    /// <summary>Finds a table by the number a servo answers in register 3.</summary>
    /// <param name="modelNumber">The number.</param>
    /// <param name="table">The table, when the result is true.</param>
    public static bool TryFind(int modelNumber, [NotNullWhen(true)] out RegisterTable? table)
    {
        table = All.FirstOrDefault(known => known.ModelNumber == modelNumber);
        return table is not null;
    }
}
