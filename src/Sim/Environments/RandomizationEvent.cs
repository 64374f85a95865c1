namespace HilRig.Sim.Environments;

/// <summary>
/// Something that differs from env to env: "scale the damping of the elbow by 0.5 to 2 at each
/// reset". Parameters start from the model's number each time; state (qpos, qvel) from the env's
/// present one.
/// </summary>
public sealed record RandomizationEvent
{
    /// <summary>When.</summary>
    public required RandomizationTrigger When { get; init; }

    /// <summary>
    /// A parameter of <see cref="Batch.BatchParameters"/>, or "qpos", "qvel" of slide and hinge
    /// joints and of the place of free ones.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>Names of bodies, joints, actuators, geoms; empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Which number of each; null for all.</summary>
    public int? Column { get; init; }

    /// <summary>What the random number does.</summary>
    public RandomizationOperation Operation { get; init; } = RandomizationOperation.Absolute;

    /// <summary>Where the random number comes from.</summary>
    public required RandomDistribution Distribution { get; init; }

    /// <summary>Whether one random number serves all names and columns of an env.</summary>
    public bool Shared { get; init; }

    /// <summary>Time between two occurrences of an interval event, s.</summary>
    public RandomDistribution? Interval { get; init; }
}
