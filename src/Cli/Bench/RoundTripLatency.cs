using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>Time from the write of a command to the arrival of its answer, µs.</summary>
/// <param name="Sent">Commands sent.</param>
/// <param name="Unanswered">Commands whose answer never came; they are in no percentile.</param>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P90Microseconds">90th percentile.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="P999Microseconds">99.9th percentile; null below 10 000 answers.</param>
/// <param name="MaxMicroseconds">The slowest.</param>
internal sealed record RoundTripLatency(
    [property: JsonPropertyName("sent")] int Sent,
    [property: JsonPropertyName("unanswered")] int Unanswered,
    [property: JsonPropertyName("p50_us")] double? P50Microseconds,
    [property: JsonPropertyName("p90_us")] double? P90Microseconds,
    [property: JsonPropertyName("p99_us")] double? P99Microseconds,
    [property: JsonPropertyName("p999_us")] double? P999Microseconds,
    [property: JsonPropertyName("max_us")] double? MaxMicroseconds)
{
    private const int CountForP999 = 10_000;

    /// <summary>Reads the percentiles off the instants of each command.</summary>
    /// <param name="written">When each command was written, ns; 0 for a skipped tick.</param>
    /// <param name="arrived">When its answer arrived, ns; 0 for never.</param>
    public static RoundTripLatency Of(ReadOnlySpan<long> written, ReadOnlySpan<long> arrived)
    {
        var latency = new List<long>(written.Length);
        int sent = 0;
        for (int i = 0; i < written.Length; i++)
        {
            sent += written[i] == 0 ? 0 : 1;
            if (written[i] != 0 && arrived[i] != 0)
            {
                latency.Add(arrived[i] - written[i]);
            }
        }

        latency.Sort();
        return new RoundTripLatency(
            sent,
            sent - latency.Count,
            At(latency, 0.5),
            At(latency, 0.9),
            At(latency, 0.99),
            latency.Count >= CountForP999 ? At(latency, 0.999) : null,
            At(latency, 1));
    }

    private static double? At(List<long> sorted, double share) => sorted.Count == 0
        ? null
        : sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Count) - 1)] / 1e3;
}
