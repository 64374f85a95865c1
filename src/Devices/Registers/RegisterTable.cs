using System.Diagnostics.CodeAnalysis;

namespace HilRig.Devices.Registers;

/// <summary>The control table of a servo model. Immutable.</summary>
public sealed class RegisterTable
{
    private readonly Dictionary<string, Register> _byName;

    internal RegisterTable(string model, int modelNumber, IReadOnlyList<Register> registers)
    {
        Model = model;
        ModelNumber = modelNumber;
        Registers = registers;
        _byName = registers.ToDictionary(
            register => register.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Model name in rig files, such as "sts3215".</summary>
    public string Model { get; }

    /// <summary>What the servo answers in register 3.</summary>
    public int ModelNumber { get; }

    /// <summary>Every register, by rising address.</summary>
    public IReadOnlyList<Register> Registers { get; }

    /// <summary>Finds a register by the name used in rig files.</summary>
    /// <param name="name">Name; case does not matter.</param>
    /// <param name="register">The register, when the result is true.</param>
    public bool TryFind(string name, [NotNullWhen(true)] out Register? register) =>
        _byName.TryGetValue(name, out register);
}
