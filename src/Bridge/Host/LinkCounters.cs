namespace HilRig.Bridge.Host;

/// <summary>What the host's side of the bridge has counted since it connected.</summary>
/// <param name="CommandsSent">Commands handed to the socket.</param>
/// <param name="CommandsSuperseded">
/// Commands overwritten by a newer one before they were sent.
/// </param>
/// <param name="CommandsExpired">Commands not sent because their valid-until had passed.</param>
/// <param name="CommandBytes">Bytes of the sent commands, without ZMTP and TCP headers.</param>
/// <param name="StatesReceived">States that arrived from this agent.</param>
/// <param name="StatesSkipped">Gaps in the agent's state sequence.</param>
/// <param name="StatesDropped">States lost here because nobody read them.</param>
/// <param name="StateBytes">Bytes of the received states, without ZMTP and TCP headers.</param>
/// <param name="RequestsPosted">Requests asked: arm, stop, heartbeat and so on.</param>
/// <param name="RequestsSuperseded">
/// Of these, replaced by a newer one of their kind before they were answered.
/// </param>
/// <param name="MalformedMessages">Messages that could not be decoded or were not for us.</param>
public readonly record struct LinkCounters(
    long CommandsSent,
    long CommandsSuperseded,
    long CommandsExpired,
    long CommandBytes,
    long StatesReceived,
    long StatesSkipped,
    long StatesDropped,
    long StateBytes,
    long RequestsPosted,
    long RequestsSuperseded,
    long MalformedMessages);
