namespace HilRig.Bridge.Isaac.Driving;

/// <summary>Counters of a driver, written by its thread, read by any.</summary>
internal sealed class DriverTally
{
    public long Frames;
    public long Bytes;
    public long Superseded;
    public long Malformed;
    public long Foreign;
    public long WrongSize;
    public long Restarts;
    public long CommandsSent;
    public long CommandsDropped;

    /// <summary>All counters as they are now.</summary>
    public IsaacDriverCounters Snapshot() => new(
        Volatile.Read(ref Frames),
        Volatile.Read(ref Bytes),
        Volatile.Read(ref Superseded),
        Volatile.Read(ref Malformed),
        Volatile.Read(ref Foreign),
        Volatile.Read(ref WrongSize),
        Volatile.Read(ref Restarts),
        Volatile.Read(ref CommandsSent),
        Volatile.Read(ref CommandsDropped));
}
