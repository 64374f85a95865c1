using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench;

/// <summary>What the loop bench measured.</summary>
/// <param name="RateHertz">Rate of both loops, Hz.</param>
/// <param name="Priority">SCHED_FIFO priority of both; 0 is ordinary scheduling.</param>
/// <param name="SpinMicroseconds">How long before a tick the loop spins, µs.</param>
/// <param name="Pairs">The interleaved turns.</param>
/// <param name="Figures">Medians over the pairs.</param>
/// <param name="MissedTicks">Grid points the grid loop had to skip.</param>
/// <param name="AllocatedBytes">Managed bytes the grid loop's thread allocated.</param>
/// <param name="Disturbance">What held the loop's thread up, all turns together.</param>
/// <param name="RealTime">What the machine granted.</param>
internal sealed record LoopBenchResult(
    double RateHertz,
    int Priority,
    int SpinMicroseconds,
    IReadOnlyList<LoopBenchPair> Pairs,
    IReadOnlyList<BenchFigure> Figures,
    long MissedTicks,
    long AllocatedBytes,
    string Disturbance,
    IReadOnlyList<LoopBenchGrant> RealTime);

/// <summary>One turn of each.</summary>
/// <param name="Loop">Wakes of the grid loop.</param>
/// <param name="Cyclictest">Wakes of cyclictest.</param>
internal sealed record LoopBenchPair(WakeLateness Loop, WakeLateness Cyclictest)
{
    /// <summary>Ratio of the medians.</summary>
    public double RatioP50 => Loop.P50Microseconds / Cyclictest.P50Microseconds;

    /// <summary>Ratio of the 99th percentiles.</summary>
    public double RatioP99 => Loop.P99Microseconds / Cyclictest.P99Microseconds;
}

/// <summary>The grid loop without its control.</summary>
/// <param name="Lateness">All wakes.</param>
/// <param name="MissedTicks">Grid points it had to skip.</param>
/// <param name="RealTime">What the machine granted.</param>
internal sealed record LoopBenchTurns(
    WakeLateness Lateness, long MissedTicks, IReadOnlyList<LoopBenchGrant> RealTime);

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
