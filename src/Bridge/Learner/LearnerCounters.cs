namespace HilRig.Bridge.Learner;

/// <summary>What one end has counted since it began.</summary>
/// <param name="Greetings">Greetings accepted (session) or acceptances received (learner).</param>
/// <param name="RecordsSent">Records sent, repeated ones included.</param>
/// <param name="RecordsReceived">Records received in order.</param>
/// <param name="RecordsOutOfOrder">Records received that were not the next one; dropped.</param>
/// <param name="Malformed">Messages that made no sense; dropped.</param>
/// <param name="Losses">Times that the other end fell silent.</param>
public readonly record struct LearnerCounters(
    long Greetings,
    long RecordsSent,
    long RecordsReceived,
    long RecordsOutOfOrder,
    long Malformed,
    long Losses);
