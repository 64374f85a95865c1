using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>Time from the write of a command to the arrival of its answer, µs.</summary>
/// <param name="Count">Round trips.</param>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P90Microseconds">90th percentile.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="P999Microseconds">99.9th percentile; null below 10 000 answers.</param>
/// <param name="MaxMicroseconds">The slowest.</param>
internal sealed record RoundTripLatency(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("p50_us")] double? P50Microseconds,
    [property: JsonPropertyName("p90_us")] double? P90Microseconds,
    [property: JsonPropertyName("p99_us")] double? P99Microseconds,
    [property: JsonPropertyName("p999_us")] double? P999Microseconds,
    [property: JsonPropertyName("max_us")] double? MaxMicroseconds)
{
    private const int CountForP999 = 10_000;

    /// <summary>Reads the percentiles.</summary>
    /// <param name="taken">Time of each round trip, ns; sorted by this call.</param>
    public static RoundTripLatency Of(List<long> taken)
    {
        taken.Sort();
        return new RoundTripLatency(
            taken.Count,
            At(taken, 0.5),
            At(taken, 0.9),
            At(taken, 0.99),
            taken.Count >= CountForP999 ? At(taken, 0.999) : null,
            At(taken, 1));
    }

    private static double? At(List<long> sorted, double share) => sorted.Count == 0
        ? null
        : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)] / 1e3;
}
