namespace HilRig.Harness.Results;

/// <summary>One budget of a scenario held against what was measured.</summary>
public sealed record BudgetResult
{
    /// <summary>
    /// What is limited: "latency/endToEnd/p99", "divergence/joint/elbow_flex/position/rmse",
    /// "missedTicks".
    /// </summary>
    public required string Metric { get; init; }

    /// <summary>Unit of limit and measurement: "µs", "rad", "ticks", "ratio"….</summary>
    public required string Unit { get; init; }

    /// <summary>Largest allowed value.</summary>
    public required double Limit { get; init; }

    /// <summary>What was measured; null where the data cannot support it.</summary>
    public double? Measured { get; init; }

    /// <summary>Pass, Fail, or Inconclusive when nothing could be measured.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>One sentence for a reader, such as when the band was left.</summary>
    public string? Note { get; init; }
}
