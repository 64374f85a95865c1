namespace HilRig.Core.Sessions;

/// <summary>What travels around a command: who sent it and when.</summary>
/// <param name="Key">Session and owner token the sender claims.</param>
/// <param name="SentNanoseconds">When it left the sender, CLOCK_MONOTONIC ns.</param>
/// <param name="ReceivedNanoseconds">When the agent had it, CLOCK_MONOTONIC ns.</param>
public readonly record struct CommandEnvelope(
    SessionKey Key, long SentNanoseconds, long ReceivedNanoseconds);
