using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>What the serial bench measured.</summary>
/// <param name="Pairs">The interleaved turns.</param>
/// <param name="Figures">Medians over the pairs.</param>
/// <param name="FailedCycles">Cycles of the driver that did not end Ok.</param>
/// <param name="AllocatedBytesPerCycle">
/// Managed bytes the driver's thread allocated a cycle.
/// </param>
/// <param name="Responder">How the responder is scheduled: "fifo" or "ordinary".</param>
/// <param name="Disturbance">What held the driver up, all turns together.</param>
internal sealed record SerialBenchResult(
    IReadOnlyList<SerialBenchPair> Pairs,
    IReadOnlyList<BenchFigure> Figures,
    long FailedCycles,
    double AllocatedBytesPerCycle,
    string Responder,
    string Disturbance);

/// <summary>One turn of each.</summary>
/// <param name="Driver">Cycles through the driver.</param>
/// <param name="Client">Cycles of the C client.</param>
internal sealed record SerialBenchPair(SerialCycles Driver, SerialCycles Client)
{
    /// <summary>Ratio of the medians.</summary>
    public double Ratio => Driver.P50Microseconds / Client.P50Microseconds;
}

/// <summary>Times of cycles, µs, and the rate they allow.</summary>
/// <param name="Count">Number of cycles.</param>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="P999Microseconds">99.9th percentile; null below 10 000 cycles.</param>
/// <param name="MaxMicroseconds">The longest.</param>
/// <param name="RateHertzP50">Cycles a second at the median.</param>
/// <param name="RateHertzMean">Cycles a second over all.</param>
internal sealed record SerialCycles(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("p50_us")] double P50Microseconds,
    [property: JsonPropertyName("p99_us")] double P99Microseconds,
    [property: JsonPropertyName("p999_us")] double? P999Microseconds,
    [property: JsonPropertyName("max_us")] double MaxMicroseconds,
    [property: JsonPropertyName("rateP50_hz")] double RateHertzP50,
    [property: JsonPropertyName("rateMean_hz")] double RateHertzMean)
{
    /// <summary>Sorts the samples and reads the percentiles off them.</summary>
    /// <param name="nanoseconds">Samples, ns; at least one. Sorted in place.</param>
    public static SerialCycles Of(long[] nanoseconds)
    {
        WakeLateness sorted = WakeLateness.Of(nanoseconds);
        return new SerialCycles(
            sorted.Count,
            sorted.P50Microseconds,
            sorted.P99Microseconds,
            sorted.P999Microseconds,
            sorted.MaxMicroseconds,
            1e6 / sorted.P50Microseconds,
            1e9 * nanoseconds.Length / nanoseconds.Sum());
    }
}
