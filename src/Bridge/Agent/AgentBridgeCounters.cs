namespace HilRig.Bridge.Agent;

/// <summary>What the agent's side of the bridge has counted since it was opened.</summary>
/// <param name="CommandsReceived">Commands of the owner, decoded.</param>
/// <param name="CommandsSuperseded">
/// Of these, overwritten by a newer one before they were taken.
/// </param>
/// <param name="CommandsForeign">Commands of another session.</param>
/// <param name="CommandsNotOwner">Commands with an owner token that is not the current one.</param>
/// <param name="MalformedMessages">Messages that were damaged or made no sense.</param>
/// <param name="UnknownSessionRequests">Requests of a session this agent does not know.</param>
/// <param name="RefusedPeers">Peers refused in the handshake.</param>
/// <param name="StatesPublished">States published.</param>
public readonly record struct AgentBridgeCounters(
    long CommandsReceived,
    long CommandsSuperseded,
    long CommandsForeign,
    long CommandsNotOwner,
    long MalformedMessages,
    long UnknownSessionRequests,
    long RefusedPeers,
    long StatesPublished);
