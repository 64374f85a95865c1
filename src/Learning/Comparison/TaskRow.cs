using HilRig.Learning.Comparison.Statistics;

namespace HilRig.Learning.Comparison;

/// <summary>One method on one task.</summary>
internal sealed record TaskRow
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Seeds of its runs.</summary>
    public required IReadOnlyList<ulong> Seeds { get; init; }

    /// <summary>Steps that each run could make.</summary>
    public required long Budget { get; init; }

    /// <summary>
    /// Share of all final starts of all seeds that succeeded, with Wilson's interval: of the
    /// starts, not of what another seed would give.
    /// </summary>
    public required Estimate FinalSuccess { get; init; }

    /// <summary>Final success of each seed.</summary>
    public required IReadOnlyList<double> FinalBySeed { get; init; }

    /// <summary>Interquartile mean over seeds, with a bootstrap interval.</summary>
    public required Estimate InterquartileMean { get; init; }

    /// <summary>Median over seeds of the steps to 85 %; null when beyond the budget.</summary>
    public required long? StepsTo85 { get; init; }

    /// <summary>
    /// Median over seeds of the steps to 90 % of the running median of three points; null when it
    /// is beyond the budget.
    /// </summary>
    public required long? StepsTo90 { get; init; }

    /// <summary>Mean success while learning, mean over seeds; null without a curve.</summary>
    public required Estimate? Area { get; init; }

    /// <summary>
    /// Longest time that the mean curve stays below the imitation policy, steps; null without one.
    /// </summary>
    public required long? DipSteps { get; init; }

    /// <summary>Mean seconds of processor of a run.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Mean seconds on the wall of a run.</summary>
    public required double WallSeconds { get; init; }
}
