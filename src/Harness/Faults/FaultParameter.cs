using HilRig.Core.Units;

namespace HilRig.Harness.Faults;

/// <summary>One parameter of a fault.</summary>
/// <param name="Key">Its key in the scenario file.</param>
/// <param name="Meaning">What it is, for the documentation.</param>
/// <param name="Dimensions">Units that fit; SI comes out. Empty: a whole number.</param>
/// <param name="Min">Lowest allowed, SI.</param>
/// <param name="Max">Highest allowed, SI.</param>
public sealed record FaultParameter(
    string Key, string Meaning, IReadOnlyList<Dimension> Dimensions, double Min, double Max)
{
    /// <summary>Words in place of a number; the value is the word's index plus one.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>
    /// Whether it is one of several ways of being wrong, of which a fault names exactly one.
    /// </summary>
    public bool IsAlternative { get; init; }

    /// <summary>SI unit of a value; empty for ratios and counts.</summary>
    /// <param name="dimension">The dimension it was given in.</param>
    internal static string UnitOf(Dimension dimension) => QuantityText.SiSymbol(dimension);
}
