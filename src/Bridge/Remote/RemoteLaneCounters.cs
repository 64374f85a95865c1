namespace HilRig.Bridge.Remote;

/// <summary>What a remote lane has counted since it was opened.</summary>
/// <param name="CommandsForwarded">
/// Commands handed to the agent from the seat of their session.
/// </param>
/// <param name="CommandsStray">
/// Commands of no session of this lane, or with another token; the agent counts them by reason.
/// </param>
/// <param name="MalformedMessages">Messages that could not be decoded or made no sense.</param>
/// <param name="UnknownSessionRequests">Requests of no session of this lane.</param>
/// <param name="RefusedPeers">Peers refused in the handshake.</param>
/// <param name="StatesPublished">States sent.</param>
/// <param name="StatesSkipped">States not sent because newer ones were waiting.</param>
public readonly record struct RemoteLaneCounters(
    long CommandsForwarded,
    long CommandsStray,
    long MalformedMessages,
    long UnknownSessionRequests,
    long RefusedPeers,
    long StatesPublished,
    long StatesSkipped);
