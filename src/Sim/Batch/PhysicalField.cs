using HilRig.Core.Errors;

namespace HilRig.Sim.Batch;

/// <summary>A physical parameter under MuJoCo's name, and the constants it is made of.</summary>
/// <param name="Name">MuJoCo's name.</param>
/// <param name="RowNames">Names of its bodies, dofs, actuators, …; empty where nameless.</param>
/// <param name="ColumnCount">Numbers of each row.</param>
/// <param name="FirstSlot">Constant of the first number of a row.</param>
/// <param name="Least">Smallest number it can be.</param>
internal sealed record PhysicalField(
    string Name,
    IReadOnlyList<string> RowNames,
    int ColumnCount,
    Func<int, int> FirstSlot,
    double Least)
{
    /// <summary>Why a row cannot be set in this model, or null when it can.</summary>
    public Func<int, string?> Refusal { get; init; } = _ => null;

    /// <summary>Constant of a number.</summary>
    public int Slot(int row, int column)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)RowNames.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)ColumnCount);
        return FirstSlot(row) + column;
    }

    /// <summary>Row of a name.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public int RowOf(string row)
    {
        for (int i = 0; i < RowNames.Count; i++)
        {
            if (RowNames[i] == row)
            {
                return i;
            }
        }

        throw new ModelException(
            "there is no such row", Name, string.Join(", ", RowNames.Where(n => n != "")), row);
    }

    /// <summary>Refuses a row that the model does not have.</summary>
    /// <exception cref="ModelException">It does not.</exception>
    public void CheckRow(int row)
    {
        if (Refusal(row) is { } why)
        {
            throw new ModelException(
                "the parameter cannot be set in this model",
                $"{Name} of '{RowNames[row]}'",
                found: why,
                remedy: "give the model a small one");
        }
    }

    /// <summary>Refuses what no number of it can be.</summary>
    /// <exception cref="ModelException">NaN, infinite or too small.</exception>
    public void Check(double value)
    {
        if (!double.IsFinite(value) || value < Least)
        {
            throw new ModelException(
                "the parameter is out of range",
                Name,
                double.IsNegativeInfinity(Least) ? "a finite number" : $"at least {Least:G6}",
                $"{value:G6}");
        }
    }
}
