using HilRig.Core.RealTime;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// An instant until which something must have happened. Set by the thread that waits for it, read
/// by the gate's warden.
/// </summary>
internal sealed class Deadline
{
    private long _untilNanoseconds = long.MaxValue;
    private int _reason;

    /// <summary>Why the connection is closed when the instant passes.</summary>
    public GateReason Reason => (GateReason)Volatile.Read(ref _reason);

    /// <summary>Begins to wait.</summary>
    /// <param name="time">How long at most.</param>
    /// <param name="reason">What it means if it takes longer.</param>
    public void Set(TimeSpan time, GateReason reason)
    {
        Volatile.Write(ref _reason, (int)reason);
        Volatile.Write(
            ref _untilNanoseconds,
            MonotonicClock.NowNanoseconds + MonotonicClock.Nanoseconds(time));
    }

    /// <summary>Waits no more.</summary>
    public void Clear() => Volatile.Write(ref _untilNanoseconds, long.MaxValue);

    /// <summary>Whether the instant has passed.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public bool IsPast(long nowNanoseconds) =>
        nowNanoseconds > Volatile.Read(ref _untilNanoseconds);
}
