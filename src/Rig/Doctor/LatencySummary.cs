using System.Text.Json.Serialization;

namespace HilRig.Rig.Doctor;

/// <summary>Some latencies in four numbers, µs.</summary>
/// <param name="Count">Number of samples.</param>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="MaxMicroseconds">The longest.</param>
public sealed record LatencySummary(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("p50_us")] double P50Microseconds,
    [property: JsonPropertyName("p99_us")] double P99Microseconds,
    [property: JsonPropertyName("max_us")] double MaxMicroseconds)
{
    /// <summary>Sums samples up.</summary>
    /// <param name="nanoseconds">Samples, ns; sorted in place.</param>
    /// <returns>Null of none.</returns>
    public static LatencySummary? Of(long[] nanoseconds)
    {
        ArgumentNullException.ThrowIfNull(nanoseconds);
        Array.Sort(nanoseconds);
        return nanoseconds.Length == 0
            ? null
            : new LatencySummary(
                nanoseconds.Length,
                At(nanoseconds, 0.5),
                At(nanoseconds, 0.99),
                At(nanoseconds, 1));
    }

    private static double At(long[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] / 1e3;
}
