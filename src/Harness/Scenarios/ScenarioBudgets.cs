namespace HilRig.Harness.Scenarios;

/// <summary>What a scenario allows.</summary>
public sealed record ScenarioBudgets
{
    /// <summary>No budget at all.</summary>
    public static ScenarioBudgets None { get; } = new();

    /// <summary>Limits on latency.</summary>
    public IReadOnlyList<LatencyBudget> Latency { get; init; } = [];

    /// <summary>Limits on divergence.</summary>
    public IReadOnlyList<DivergenceBudget> Divergence { get; init; } = [];

    /// <summary>Tolerance bands.</summary>
    public IReadOnlyList<BandBudget> Bands { get; init; } = [];

    /// <summary>Largest fraction of ticks that may be missed; null for no limit.</summary>
    public double? MissedTickRatio { get; init; }
}

/// <summary>A limit on one statistic of one hop.</summary>
/// <param name="Hop">One of <see cref="Results.LatencyKeys.All"/>.</param>
/// <param name="Statistic">Which.</param>
/// <param name="LimitMicroseconds">Largest allowed value, µs.</param>
public sealed record LatencyBudget(
    string Hop, LatencyStatistic Statistic, double LimitMicroseconds);

/// <summary>Statistics of a latency that a budget may limit.</summary>
public enum LatencyStatistic
{
    /// <summary>Median.</summary>
    P50,

    /// <summary>90th percentile.</summary>
    P90,

    /// <summary>99th percentile.</summary>
    P99,

    /// <summary>99.9th percentile.</summary>
    P999,

    /// <summary>Largest.</summary>
    Max,
}

/// <summary>A limit on one measure of one signal's divergence.</summary>
/// <param name="Signal">
/// "joint/NAME/position", "joint/NAME/velocity"; NAME "*" means every joint.
/// </param>
/// <param name="Measure">Which.</param>
/// <param name="Limit">Largest allowed magnitude; SI, s for a delay, 1 for a multiple.</param>
/// <param name="Dimension">As written, checked against the joint's kind.</param>
/// <param name="Where">File, line and column.</param>
public sealed record DivergenceBudget(
    string Signal,
    DivergenceMeasure Measure,
    double Limit,
    Core.Units.Dimension Dimension,
    string Where);

/// <summary>Measures of a divergence that a budget may limit, by magnitude.</summary>
public enum DivergenceMeasure
{
    /// <summary>Root mean square error.</summary>
    Rmse,

    /// <summary>Mean absolute error.</summary>
    Mae,

    /// <summary>Largest absolute error.</summary>
    MaxAbs,

    /// <summary>Static offset.</summary>
    Offset,

    /// <summary>Delay between real and twin.</summary>
    Delay,

    /// <summary>Error left after offset, gain and delay.</summary>
    ResidualRmse,

    /// <summary>Root mean square error as a multiple of the noise floor.</summary>
    NoiseMultiple,
}

/// <summary>
/// A tolerance band around the twin's signal; see <see cref="Results.BandFigure"/>.
/// </summary>
/// <param name="Signal">"joint/NAME/position" or velocity; NAME "*" means every joint.</param>
/// <param name="Absolute">Absolute tolerance, SI.</param>
/// <param name="Dimension">Of the absolute tolerance, checked against the joint's kind.</param>
/// <param name="Relative">Relative tolerance, a fraction.</param>
/// <param name="LeadingSeconds">How far the real signal may lead, s.</param>
/// <param name="LaggingSeconds">How far it may lag, s.</param>
/// <param name="OutsideRatio">Largest fraction of samples outside.</param>
/// <param name="Where">File, line and column.</param>
public sealed record BandBudget(
    string Signal,
    double Absolute,
    Core.Units.Dimension Dimension,
    double Relative,
    double LeadingSeconds,
    double LaggingSeconds,
    double OutsideRatio,
    string Where);
