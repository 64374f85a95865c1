namespace HilRig.Core.Time;

/// <summary>The clock of a rig. Tests use a fake one, so that no test sleeps.</summary>
public interface IRigClock
{
    /// <summary>
    /// Now, ns since an arbitrary start; never goes back. CLOCK_MONOTONIC on Linux.
    /// </summary>
    long NowNanoseconds { get; }

    /// <summary>
    /// Sleeps until <paramref name="instantNanoseconds"/>; returns at once when it has passed.
    /// </summary>
    /// <param name="instantNanoseconds">When to wake, in this clock's ns.</param>
    void SleepUntil(long instantNanoseconds);
}
