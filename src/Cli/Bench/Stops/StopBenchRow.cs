using System.Text.Json.Serialization;
using HilRig.Harness.Results;

namespace HilRig.Cli.Bench.Stops;

/// <summary>Stops of one cause. Times from the cause, ms; null where nothing stopped.</summary>
/// <param name="Cause">The cause, or "all".</param>
/// <param name="Count">Kills.</param>
/// <param name="DisturbedCount">
/// Kills that the rig had stopped before, or stopped for another reason; no time counts them.
/// </param>
/// <param name="StoppedCount">Kills after which every servo came to rest.</param>
/// <param name="AcknowledgedCount">Kills after which every servo confirmed the posture.</param>
/// <param name="LeftBehindCount">Processes that still lived at the end.</param>
/// <param name="StoppedP50">Cause to last servo stopped, median.</param>
/// <param name="StoppedMax">The same, longest.</param>
/// <param name="DecidedP50">Cause to decision, median.</param>
/// <param name="DecidedMax">The same, longest.</param>
/// <param name="WireP50">Decision to arrival of the last stop write, median.</param>
/// <param name="WireMax">The same, longest.</param>
/// <param name="OverDeadmanMax">Longest stop less the deadman.</param>
internal sealed record StopBenchRow(
    string Cause,
    int Count,
    int DisturbedCount,
    int StoppedCount,
    int AcknowledgedCount,
    int LeftBehindCount,
    [property: JsonPropertyName("stopped_p50_ms")] double? StoppedP50,
    [property: JsonPropertyName("stopped_max_ms")] double? StoppedMax,
    [property: JsonPropertyName("decided_p50_ms")] double? DecidedP50,
    [property: JsonPropertyName("decided_max_ms")] double? DecidedMax,
    [property: JsonPropertyName("wire_p50_ms")] double? WireP50,
    [property: JsonPropertyName("wire_max_ms")] double? WireMax,
    [property: JsonPropertyName("overDeadman_max_ms")] double? OverDeadmanMax)
{
    /// <summary>Sums up some kills.</summary>
    /// <param name="cause">Name of the row.</param>
    /// <param name="samples">The kills; at least one.</param>
    /// <param name="deadmanMilliseconds">The rig's deadman, ms.</param>
    public static StopBenchRow Of(
        string cause, IReadOnlyList<StopSample> samples, double deadmanMilliseconds)
    {
        List<StopReport> all = [.. samples.Select(sample => sample.Stop).OfType<StopReport>()];
        List<StopReport> stops =
        [
            .. samples.Where(sample => !sample.IsDisturbed)
                .Select(sample => sample.Stop).OfType<StopReport>(),
        ];
        double[] stopped = Sorted(stops.Select(stop => stop.StoppedAfterMilliseconds));
        double[] decided = Sorted(stops.Select(stop => stop.DecidedAfterMilliseconds));
        double[] wire = Sorted(stops.Select(
            stop => stop.WrittenAfterMilliseconds - stop.DecidedAfterMilliseconds));
        return new StopBenchRow(
            cause,
            samples.Count,
            samples.Count(sample => sample.IsDisturbed),
            all.Count(stop => stop.StoppedAfterMilliseconds is not null),
            all.Count(stop => stop.Acknowledged),
            samples.Sum(sample => sample.LeftBehind.Count),
            Median(stopped),
            Max(stopped),
            Median(decided),
            Max(decided),
            Median(wire),
            Max(wire),
            Max(stopped) - deadmanMilliseconds);
    }

    private static double[] Sorted(IEnumerable<double?> values) =>
        [.. values.OfType<double>().Order()];

    private static double? Median(double[] sorted) =>
        sorted.Length == 0 ? null : sorted[(sorted.Length - 1) / 2];

    private static double? Max(double[] sorted) => sorted.Length == 0 ? null : sorted[^1];
}
