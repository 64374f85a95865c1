using System.Globalization;
using System.Text.RegularExpressions;

namespace HilRig.Core.Units;

/// <summary>Reads and writes numbers with units: "0.6 rad", "20 deg", "250 Hz", "30 %".</summary>
public static partial class QuantityText
{
    /// <summary>Reads a number with a unit of one of the wanted dimensions.</summary>
    /// <param name="text">Text such as "4 ms"; the blank is optional.</param>
    /// <param name="wanted">Dimensions that fit.</param>
    /// <param name="quantity">The value in SI, when the result is true.</param>
    /// <param name="fault">Why not, and which units fit, when the result is false.</param>
    public static bool TryParse(
        string text, ReadOnlySpan<Dimension> wanted, out Quantity quantity, out string fault)
    {
        quantity = default;
        Match match = Shape().Match(text);
        double number = double.NaN;
        if (!match.Success
            || !double.TryParse(
                match.Groups["number"].ValueSpan,
                NumberStyles.Float,
                CultureInfo.InvariantCulture,
                out number)
            || !double.IsFinite(number))
        {
            fault = $"'{text}' is not a number with a unit";
            return false;
        }

        // The micro sign has two code points; both are typed.
        string symbol = match.Groups["unit"].Value.Replace('\u03bc', '\u00b5');
        Unit? unit = UnitTable.Find(symbol);
        if (unit is null)
        {
            fault = $"'{symbol}' is not a known unit";
            return false;
        }

        if (!wanted.Contains(unit.Dimension))
        {
            fault = symbol.Length == 0
                ? $"'{text}' has no unit"
                : $"'{symbol}' is a unit of {Name(unit.Dimension)}";
            return false;
        }

        quantity = new Quantity(number * unit.Factor, unit.Dimension);
        fault = "";
        return true;
    }

    /// <summary>Units that fit, as a sentence part: "an angle (rad, mrad, deg, …)".</summary>
    /// <param name="wanted">Dimensions that fit.</param>
    public static string Describe(ReadOnlySpan<Dimension> wanted)
    {
        var parts = new List<string>();
        foreach (Dimension dimension in wanted)
        {
            string symbols = string.Join(", ", UnitTable.SymbolsOf(dimension));
            parts.Add(dimension == Dimension.Ratio
                ? "a ratio (a plain number or %)"
                : $"{Name(dimension)} ({symbols})");
        }

        return string.Join(" or ", parts);
    }

    /// <summary>The SI unit's symbol: "rad", "s"; empty for a ratio.</summary>
    /// <param name="dimension">A dimension.</param>
    public static string SiSymbol(Dimension dimension) => UnitTable.SiSymbol(dimension);

    private static string Name(Dimension dimension) => dimension switch
    {
        Dimension.Ratio => "a ratio",
        Dimension.Angle => "an angle",
        Dimension.Length => "a length",
        Dimension.Time => "a time",
        Dimension.Frequency => "a frequency",
        Dimension.AngularVelocity => "an angular velocity",
        Dimension.Velocity => "a velocity",
        Dimension.Torque => "a torque",
        Dimension.Force => "a force",
        Dimension.Mass => "a mass",
        Dimension.Inertia => "a moment of inertia",
        Dimension.Voltage => "a voltage",
        Dimension.Current => "a current",
        Dimension.Temperature => "a temperature",
    };

    [GeneratedRegex(
        @"^\s*(?<number>[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?)\s*(?<unit>\S*)\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
