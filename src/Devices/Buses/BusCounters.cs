namespace HilRig.Devices.Buses;

/// <summary>
/// What a bus has been through since it was opened. Read from any thread; may lag a little.
/// </summary>
public sealed class BusCounters
{
    /// <summary>Packets sent.</summary>
    public long SentCount { get; internal set; }

    /// <summary>Valid answers.</summary>
    public long ReplyCount { get; internal set; }

    /// <summary>Answers that never came, each attempt counted.</summary>
    public long TimeoutCount { get; internal set; }

    /// <summary>Answers that came damaged, each attempt counted.</summary>
    public long CorruptCount { get; internal set; }

    /// <summary>Reads sent again.</summary>
    public long RetryCount { get; internal set; }

    /// <summary>Reads that succeeded only when sent again.</summary>
    public long RecoveredCount { get; internal set; }

    /// <summary>
    /// Valid packets that nobody asked for.
    /// </summary>
    public long StrayCount { get; internal set; }

    /// <summary>
    /// Answers not taken: they came after their time, or the servo was silent before and they may
    /// answer a request of long ago.
    /// </summary>
    public long LateCount { get; internal set; }

    /// <summary>Writes the driver refused to send.</summary>
    public long RefusedCount { get; internal set; }

    /// <summary>Attempts that failed: timed out or damaged.</summary>
    public long ErrorCount => TimeoutCount + CorruptCount;
}
