namespace HilRig.Bridge.Learner;

/// <summary>How a learner is.</summary>
public sealed record LearnerStatus
{
    /// <summary>Updates of the critics so far.</summary>
    public required long UpdateCount { get; init; }

    /// <summary>What it does, in a word or two.</summary>
    public required string Phase { get; init; }

    /// <summary>Figures of its health by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } =
        new Dictionary<string, double>();

    /// <summary>What is wrong, a sentence each.</summary>
    public IReadOnlyList<string> Alarms { get; init; } = [];
}
