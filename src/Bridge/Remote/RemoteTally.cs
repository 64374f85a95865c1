namespace HilRig.Bridge.Remote;

/// <summary>Counters of a remote lane. Each has one writing thread; any thread reads.</summary>
internal sealed class RemoteTally
{
    public long CommandsForwarded;
    public long CommandsStray;
    public long MalformedMessages;
    public long UnknownSessionRequests;
    public long RefusedPeers;
    public long StatesPublished;
    public long StatesSkipped;

    /// <summary>Adds one.</summary>
    /// <param name="counter">A counter of the calling thread.</param>
    public static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    /// <summary>All counters as they are now.</summary>
    public RemoteLaneCounters Snapshot() => new(
        Volatile.Read(ref CommandsForwarded),
        Volatile.Read(ref CommandsStray),
        Volatile.Read(ref MalformedMessages),
        Volatile.Read(ref UnknownSessionRequests),
        Volatile.Read(ref RefusedPeers),
        Volatile.Read(ref StatesPublished),
        Volatile.Read(ref StatesSkipped));
}
