namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// Expires when no valid fresh command has come for too long. The first command after arming gets
/// its own, longer time. Allocates nothing.
/// </summary>
internal sealed class Deadman(long timeoutNanoseconds, long firstTimeoutNanoseconds)
{
    /// <summary>When it expires, CLOCK_MONOTONIC ns; far away while it is not running.</summary>
    public long DeadlineNanoseconds { get; private set; } = long.MaxValue;

    /// <summary>Starts it: the rig has been armed.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public void Start(long nowNanoseconds) =>
        DeadlineNanoseconds = nowNanoseconds + Math.Max(
            timeoutNanoseconds, firstTimeoutNanoseconds);

    /// <summary>A valid fresh command has come.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public void Feed(long nowNanoseconds) =>
        DeadlineNanoseconds = nowNanoseconds + timeoutNanoseconds;

    /// <summary>Stops it: the rig is not armed any more.</summary>
    public void Stop() => DeadlineNanoseconds = long.MaxValue;

    /// <summary>Whether the time is over.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public bool HasExpired(long nowNanoseconds) => nowNanoseconds >= DeadlineNanoseconds;
}
