using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.RealTime;

/// <summary>The clock of every stamp, shared by all processes of the machine.</summary>
internal static class MonotonicClock
{
    private static readonly IRigClock Clock = RigClock.Create();

    /// <summary>Now, CLOCK_MONOTONIC ns.</summary>
    public static long NowNanoseconds => Clock.NowNanoseconds;

    /// <summary>Length of <paramref name="span"/>, ns.</summary>
    public static long Nanoseconds(TimeSpan span) => span.Ticks * 100;
}
