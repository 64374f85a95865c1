namespace HilRig.Bridge.Learner;

/// <summary>Setting of a learner's end.</summary>
public sealed record LearnerDeskOptions
{
    /// <summary>Where the session listens, such as "tcp://127.0.0.1:40122".</summary>
    public required string Endpoint { get; init; }

    /// <summary>What both ends must agree on.</summary>
    public required LearnerTerms Terms { get; init; }

    /// <summary>Records on the learner's disk. Shape [log].</summary>
    public required IReadOnlyList<long> RecordCounts { get; init; }
}
