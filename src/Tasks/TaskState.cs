namespace HilRig.Tasks;

/// <summary>
/// What a task sees of its scene, whether simulated or real. Views; SI units.
/// </summary>
public readonly ref struct TaskState
{
    /// <summary>Joint positions, rad or m. Shape [dof].</summary>
    public required ReadOnlySpan<double> Position { get; init; }

    /// <summary>Joint velocities, rad/s or m/s. Shape [dof].</summary>
    public required ReadOnlySpan<double> Velocity { get; init; }

    /// <summary>Goals of the last period, after limits. Shape [dof].</summary>
    public required ReadOnlySpan<double> Goal { get; init; }

    /// <summary>Where the objects are, rad or m. Shape [object].</summary>
    public required ReadOnlySpan<double> Objects { get; init; }

    /// <summary>The start of this episode, in the units of its channels. Shape [start].</summary>
    public required ReadOnlySpan<double> Start { get; init; }

    /// <summary>Actions taken in this episode.</summary>
    public required int StepIndex { get; init; }
}
