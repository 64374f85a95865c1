namespace HilRig.Learning.Comparison;

/// <summary>What a comparison of runs came to.</summary>
internal sealed record RunComparison
{
    /// <summary>Each method on each task.</summary>
    public required IReadOnlyList<TaskRow> Tasks { get; init; }

    /// <summary>Each method over its tasks, the best first.</summary>
    public required IReadOnlyList<MethodRow> Methods { get; init; }

    /// <summary>Each pair of methods that share a task, the better first.</summary>
    public required IReadOnlyList<PairRow> Pairs { get; init; }

    /// <summary>The curves.</summary>
    public required IReadOnlyList<MeanCurve> Curves { get; init; }

    /// <summary>Folders of runs that are not done and do not count.</summary>
    public required IReadOnlyList<string> Unfinished { get; init; }

    /// <summary>Resamples of each bootstrap interval.</summary>
    public required int BootstrapDraws { get; init; }

    /// <summary>Seed of the resamples.</summary>
    public required ulong BootstrapSeed { get; init; }
}
