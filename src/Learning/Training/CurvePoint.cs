namespace HilRig.Learning.Training;

/// <summary>One evaluation while learning: a line of curve.jsonl.</summary>
internal sealed record CurvePoint
{
    /// <summary>Steps of the environment before it, warm-up included.</summary>
    public required long Steps { get; init; }

    /// <summary>Share of the starts that succeeded.</summary>
    public required double Success { get; init; }

    /// <summary>Starts.</summary>
    public required int Starts { get; init; }

    /// <summary>Mean steps of a success; null when there was none.</summary>
    public required double? SuccessSteps { get; init; }

    /// <summary>Critic updates before it.</summary>
    public required long CriticUpdates { get; init; }

    /// <summary>Seconds of processor that the run had used.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Seconds on the wall that the run had used.</summary>
    public required double WallSeconds { get; init; }
}
