namespace HilRig.Bridge.Host;

/// <summary>Counters of the host's side. Each has one writing thread; any thread reads.</summary>
internal sealed class LinkTally
{
    public long CommandsSent;
    public long CommandsSupersededInSlot;
    public long CommandsSupersededUnsent;
    public long CommandsExpired;
    public long CommandBytes;
    public long StatesReceived;
    public long StatesSkipped;
    public long StatesDropped;
    public long StateBytes;
    public long RequestsPosted;
    public long RequestsSuperseded;
    public long MalformedStates;
    public long MalformedReplies;

    /// <summary>Adds to a counter.</summary>
    /// <param name="counter">A counter of the calling thread.</param>
    /// <param name="amount">How much.</param>
    public static void Add(ref long counter, long amount = 1) =>
        Volatile.Write(ref counter, counter + amount);

    /// <summary>All counters as they are now.</summary>
    public LinkCounters Snapshot() => new(
        Volatile.Read(ref CommandsSent),
        Volatile.Read(ref CommandsSupersededInSlot)
            + Volatile.Read(ref CommandsSupersededUnsent),
        Volatile.Read(ref CommandsExpired),
        Volatile.Read(ref CommandBytes),
        Volatile.Read(ref StatesReceived),
        Volatile.Read(ref StatesSkipped),
        Volatile.Read(ref StatesDropped),
        Volatile.Read(ref StateBytes),
        Interlocked.Read(ref RequestsPosted),
        Interlocked.Read(ref RequestsSuperseded),
        Volatile.Read(ref MalformedStates) + Volatile.Read(ref MalformedReplies));
}
