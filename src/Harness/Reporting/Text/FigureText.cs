using System.Globalization;
using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Text;

/// <summary>
/// Writes figures for people: as many digits as mean something, absent ones as a dash.
/// </summary>
internal static class FigureText
{
    /// <summary>What stands where the data cannot support a figure.</summary>
    public const string Absent = "—";

    private const string ThinSpace = "\u202F";

    /// <summary>Three significant digits; large numbers whole, in groups of three.</summary>
    public static string Figure(double? value)
    {
        if (value is not { } number || !double.IsFinite(number))
        {
            return Absent;
        }

        double size = Math.Abs(number);
        if (size == 0)
        {
            return "0";
        }

        if (size < 1e-4)
        {
            return number.ToString("0.0e0", CultureInfo.InvariantCulture).Replace(
                "-", "−", StringComparison.Ordinal);
        }

        int decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 6);
        string text = size >= 1000
            ? Grouped((long)Math.Round(number))
            : number.ToString("F" + decimals, CultureInfo.InvariantCulture);
        return text.Replace("-", "−", StringComparison.Ordinal);
    }

    /// <summary>A figure with its unit.</summary>
    public static string Figure(double? value, string unit) =>
        value is null
            ? Absent : unit is "" or "ticks" or "ratio" ? Figure(value) : $"{Figure(value)} {unit}";

    /// <summary>A whole number in groups of three.</summary>
    public static string Grouped(long value) =>
        value.ToString("#,0", CultureInfo.InvariantCulture).Replace(
            ",", ThinSpace, StringComparison.Ordinal);

    /// <summary>A time in the unit that suits it, from µs.</summary>
    public static string Duration(double? microseconds) => microseconds switch
    {
        null => Absent,
        >= 1e6 => Figure(microseconds / 1e6, "s"),
        >= 1e3 => Figure(microseconds / 1e3, "ms"),
        _ => Figure(microseconds, "µs"),
    };

    /// <summary>A round time for an axis, such as "20 µs" or "5 ms".</summary>
    public static string RoundDuration(double microseconds)
    {
        (double value, string unit) = microseconds switch
        {
            >= 1e6 => (microseconds / 1e6, "s"),
            >= 1e3 => (microseconds / 1e3, "ms"),
            _ => (microseconds, "µs"),
        };
        return value.ToString("0.##", CultureInfo.InvariantCulture) + " " + unit;
    }

    /// <summary>An interval, such as "0.011 – 0.013".</summary>
    public static string Interval(Interval? interval) =>
        interval is { } range ? $"{Figure(range.Low)} – {Figure(range.High)}" : "";

    /// <summary>Whole numbers do not want decimals, such as a limit of 3 missed ticks.</summary>
    public static string Limit(double value, string unit) =>
        value == Math.Floor(value) && Math.Abs(value) < 1e9
            ? (
                unit is "" or "ticks" or "ratio"
                    ? Grouped((long)value) : $"{Grouped((long)value)} {unit}")
            : Figure(value, unit);

    /// <summary>The word for a verdict.</summary>
    public static string Word(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "Pass",
        Verdict.Inconclusive => "Inconclusive",
        Verdict.Fail => "Fail",
        Verdict.Aborted => "Aborted",
        Verdict.RigError => "Rig error",
    };

    /// <summary>What a hop is, in words.</summary>
    public static string HopName(string key) => key switch
    {
        LatencyKeys.Wake => "Wake-up",
        LatencyKeys.StateRead => "State read",
        LatencyKeys.Policy => "Controller",
        LatencyKeys.CommandSend => "Command send",
        LatencyKeys.AgentReceive => "Agent receive",
        LatencyKeys.BusWrite => "Bus write",
        LatencyKeys.BusReply => "Bus reply",
        LatencyKeys.StateReceive => "State receive",
        LatencyKeys.TwinStep => "Twin step",
        LatencyKeys.Record => "Record",
        LatencyKeys.EndToEnd => "End to end",
        _ => key,
    };
}
