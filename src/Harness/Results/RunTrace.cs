namespace HilRig.Harness.Results;

/// <summary>
/// The measured phases of a run as columns, for plots and measures. Row i of every column is the
/// same tick; rows of all repeats follow one another. Not part of run.json: the recording has it
/// all.
/// </summary>
public sealed record RunTrace
{
    /// <summary>Planned instant since the repeat's measured phase began, s. Shape [tick].</summary>
    public required double[] TimeSeconds { get; init; }

    /// <summary>
    /// Instant the real joints were sampled, same origin; NaN when unanswered. Shape [tick].
    /// </summary>
    public required double[] RealTimeSeconds { get; init; }

    /// <summary>
    /// Instant the twin's state belongs to, same origin; NaN without one. Shape [tick].
    /// </summary>
    public required double[] TwinTimeSeconds { get; init; }

    /// <summary>Repeat the row belongs to. Shape [tick].</summary>
    public required int[] Repeat { get; init; }

    /// <summary>Missed ticks just before the row's tick. Shape [tick].</summary>
    public required int[] MissedCount { get; init; }

    /// <summary>Planned instant to answer, µs; NaN when unanswered. Shape [tick].</summary>
    public required double[] EndToEndMicroseconds { get; init; }

    /// <summary>One entry a joint, in [dof] order.</summary>
    public required IReadOnlyList<JointTrace> Joints { get; init; }
}

/// <summary>Columns of one joint. NaN where there is no value. Shapes [tick].</summary>
public sealed record JointTrace
{
    /// <summary>Joint name.</summary>
    public required string Name { get; init; }

    /// <summary>Unit of positions: "rad" or "m"; velocities are per second.</summary>
    public required string Unit { get; init; }

    /// <summary>Commanded position.</summary>
    public required double[] Command { get; init; }

    /// <summary>Measured position.</summary>
    public required double[] RealPosition { get; init; }

    /// <summary>The twin's position.</summary>
    public required double[] TwinPosition { get; init; }

    /// <summary>Measured velocity.</summary>
    public required double[] RealVelocity { get; init; }

    /// <summary>The twin's velocity.</summary>
    public required double[] TwinVelocity { get; init; }
}
