using System.Diagnostics;

namespace HilRig.Bridge.RealTime;

/// <summary>The clock of every stamp: CLOCK_MONOTONIC on Linux, shared by all processes.</summary>
internal static class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Now, ns.</summary>
    public static long NowNanoseconds => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : (long)((Int128)Stopwatch.GetTimestamp() * NanosecondsPerSecond / Stopwatch.Frequency);

    /// <summary>Length of <paramref name="span"/>, ns.</summary>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
