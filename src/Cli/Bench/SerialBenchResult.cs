using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>What the serial bench measured.</summary>
/// <param name="Servos">Servos in each cycle.</param>
/// <param name="BytesWritten">Bytes of the sync write.</param>
/// <param name="BytesAsked">Bytes of the sync read's request.</param>
/// <param name="BytesAnswered">Bytes of its answers.</param>
/// <param name="Driver">Cycles through the driver.</param>
/// <param name="Control">The same bytes by poll, read and write, in the same run.</param>
/// <param name="FailedCycles">Cycles of the driver that did not end Ok.</param>
/// <param name="Retries">Sync reads the driver sent again.</param>
/// <param name="AllocatedBytesPerCycle">
/// Managed bytes the driver's thread allocated a cycle.
/// </param>
/// <param name="TargetRateHertz">Rate the median must reach, Hz.</param>
/// <param name="MeetsTarget">Whether rate and allocation are as they must be.</param>
internal sealed record SerialBenchResult(
    int Servos,
    int BytesWritten,
    int BytesAsked,
    int BytesAnswered,
    SerialCycles Driver,
    SerialCycles Control,
    long FailedCycles,
    long Retries,
    double AllocatedBytesPerCycle,
    double TargetRateHertz,
    bool MeetsTarget);

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
