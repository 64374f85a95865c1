using System.Globalization;
using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>
/// One figure of a bench beside what it must be. `--json` of every bench prints them as `figures`,
/// from which `bench/figures` makes its table.
/// </summary>
/// <param name="Name">What was measured, in a table's words.</param>
/// <param name="Value">The figure; null when the run could not give it.</param>
/// <param name="Unit">Its unit: "µs", "Hz", "bytes", or "×" for a ratio to the control.</param>
/// <param name="Target">What it must be; null for a figure without a target.</param>
/// <param name="IsCeiling">Whether the target is the most allowed; else the least.</param>
internal sealed record BenchFigure(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] double? Value,
    [property: JsonPropertyName("unit")] string Unit,
    [property: JsonPropertyName("target")] double? Target,
    [property: JsonPropertyName("isCeiling")] bool IsCeiling = true)
{
    /// <summary>Whether the target is met; null without a target or a value.</summary>
    [JsonPropertyName("met")]
    public bool? Met => Target is not { } target || Value is not { } value
        ? null
        : IsCeiling ? value <= target : value >= target;

    /// <summary>The median of some figures; null of none.</summary>
    /// <param name="values">The figures.</param>
    public static double? Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int half = sorted.Length / 2;
        return sorted.Length == 0 ? null
            : sorted.Length % 2 == 1 ? sorted[half]
            : (sorted[half - 1] + sorted[half]) / 2;
    }

    /// <summary>The figure as a line of text.</summary>
    public string Describe()
    {
        string value = Value is { } number
            ? number.ToString(number is 0 or >= 100 ? "F0" : "F2", CultureInfo.InvariantCulture)
            : "not measured";
        string target = Target is { } limit
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"(target {(IsCeiling ? "≤" : "≥")} {limit:0.##} {Unit}: {Verdict()})")
            : "";
        return $"  {Name,-44}{value,12} {Unit,-6}{target}".TrimEnd();
    }

    private string Verdict() => Met switch
    {
        true => "met",
        false => "MISSED",
        null => "unknown",
    };
}
