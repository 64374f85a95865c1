namespace HilRig.Bridge.Learner;

/// <summary>A record of a log of episodes on its way to the learner; bytes here.</summary>
/// <param name="Log">Which log.</param>
/// <param name="Number">Its number there, from 0.</param>
/// <param name="Kind">What the log calls it.</param>
/// <param name="Payload">Its content.</param>
public sealed record LearnerRecord(int Log, long Number, byte Kind, ReadOnlyMemory<byte> Payload);
