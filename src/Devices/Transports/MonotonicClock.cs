using System.Diagnostics;

namespace HilRig.Devices.Transports;

/// <summary>The clock of every deadline and stamp of this room: CLOCK_MONOTONIC on Linux.</summary>
internal static class MonotonicClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    private static readonly double NanosecondsPerCount =
        (double)NanosecondsPerSecond / Stopwatch.Frequency;

    /// <summary>Now, ns. Linux counts in ns already, so nothing is lost there.</summary>
    public static long NowNanoseconds => Stopwatch.Frequency == NanosecondsPerSecond
        ? Stopwatch.GetTimestamp()
        : (long)(Stopwatch.GetTimestamp() * NanosecondsPerCount);
}
