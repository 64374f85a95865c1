namespace HilRig.Bridge.Agent;

/// <summary>Counters of the agent's side. Each has one writing thread; any thread reads.</summary>
internal sealed class AgentTally
{
    public long CommandsReceived;
    public long CommandsSuperseded;
    public long CommandsForeign;
    public long CommandsNotOwner;
    public long CommandsDamaged;
    public long MalformedMessages;
    public long UnknownSessionRequests;
    public long RefusedPeers;
    public long StatesPublished;

    /// <summary>Adds one.</summary>
    /// <param name="counter">A counter of the calling thread.</param>
    public static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    /// <summary>All counters as they are now.</summary>
    public AgentBridgeCounters Snapshot() => new(
        Volatile.Read(ref CommandsReceived),
        Volatile.Read(ref CommandsSuperseded),
        Volatile.Read(ref CommandsForeign),
        Volatile.Read(ref CommandsNotOwner),
        Volatile.Read(ref MalformedMessages) + Volatile.Read(ref CommandsDamaged),
        Volatile.Read(ref UnknownSessionRequests),
        Volatile.Read(ref RefusedPeers),
        Volatile.Read(ref StatesPublished));
}
