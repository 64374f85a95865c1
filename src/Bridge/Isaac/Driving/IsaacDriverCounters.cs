namespace HilRig.Bridge.Isaac.Driving;

/// <summary>What a driver of Isaac has counted since it was opened.</summary>
/// <param name="Frames">Frames taken.</param>
/// <param name="Bytes">Their bytes.</param>
/// <param name="Superseded">Frames that nobody took before the next one came.</param>
/// <param name="Malformed">Messages that are no protobuf, or none of this stream.</param>
/// <param name="Foreign">Messages with nothing of a frame in them.</param>
/// <param name="WrongSize">Frames whose image has another size than agreed.</param>
/// <param name="Restarts">
/// How often simulated time went back: Isaac was reset and has connected again.
/// </param>
/// <param name="CommandsSent">Commands handed to a socket.</param>
/// <param name="CommandsDropped">Commands for which there was no room or no Isaac.</param>
public sealed record IsaacDriverCounters(
    long Frames,
    long Bytes,
    long Superseded,
    long Malformed,
    long Foreign,
    long WrongSize,
    long Restarts,
    long CommandsSent,
    long CommandsDropped);
