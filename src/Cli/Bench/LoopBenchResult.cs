using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>What the loop bench measured.</summary>
/// <param name="RateHertz">Rate of both loops, Hz.</param>
/// <param name="Grid">Wakes of the grid loop.</param>
/// <param name="Control">
/// Wakes of the bare sleep in the same run; null where the system has none.
/// </param>
/// <param name="MissedTicks">Grid points the grid loop had to skip.</param>
/// <param name="AllocatedBytes">Managed bytes the grid loop's thread allocated.</param>
/// <param name="ResidentBytes">Resident memory of the process afterwards, bytes.</param>
/// <param name="LockedMemory">How the memory was locked.</param>
/// <param name="RealTime">What the machine granted.</param>
internal sealed record LoopBenchResult(
    double RateHertz,
    WakeLateness Grid,
    WakeLateness? Control,
    long MissedTicks,
    long AllocatedBytes,
    long ResidentBytes,
    string LockedMemory,
    IReadOnlyList<LoopBenchGrant> RealTime);

/// <summary>One feature of the real-time kit.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Granted">Whether the machine gave it.</param>
/// <param name="Detail">What was got, or why not.</param>
internal sealed record LoopBenchGrant(string Feature, bool Granted, string Detail);

/// <summary>Lateness of wakes, from the planned instant, µs.</summary>
/// <param name="Count">Number of wakes.</param>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="P999Microseconds">99.9th percentile; null below 10 000 wakes.</param>
/// <param name="MaxMicroseconds">The latest.</param>
internal sealed record WakeLateness(
    [property: JsonPropertyName("count")] int Count,
    [property: JsonPropertyName("p50_us")] double P50Microseconds,
    [property: JsonPropertyName("p99_us")] double P99Microseconds,
    [property: JsonPropertyName("p999_us")] double? P999Microseconds,
    [property: JsonPropertyName("max_us")] double MaxMicroseconds)
{
    private const int CountForP999 = 10_000;

    /// <summary>Sorts the samples and reads the percentiles off them.</summary>
    /// <param name="nanoseconds">Samples, ns; at least one. Sorted in place.</param>
    public static WakeLateness Of(long[] nanoseconds)
    {
        Array.Sort(nanoseconds);
        return new WakeLateness(
            nanoseconds.Length,
            At(nanoseconds, 0.5),
            At(nanoseconds, 0.99),
            nanoseconds.Length >= CountForP999 ? At(nanoseconds, 0.999) : null,
            At(nanoseconds, 1));
    }

    private static double At(long[] sorted, double share) =>
        sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)] / 1e3;
}
