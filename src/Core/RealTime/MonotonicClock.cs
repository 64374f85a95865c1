using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>The clock of every deadline and stamp, shared by all processes of a machine.</summary>
public static class MonotonicClock
{
    private static readonly IRigClock Clock = RigClock.Create();

    /// <summary>Now, CLOCK_MONOTONIC ns.</summary>
    public static long NowNanoseconds => Clock.NowNanoseconds;

    /// <summary>Length of <paramref name="span"/>, ns.</summary>
    /// <param name="span">A time span.</param>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
