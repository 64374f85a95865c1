namespace HilRig.Devices.Virtual;

/// <summary>
/// What the output shafts of virtual servos turn: an arm, a pendulum, nothing. Advanced in fixed
/// steps by one thread; must not allocate and must give the same bits for the same inputs.
/// </summary>
public interface IServoLoad
{
    /// <summary>Number of joints.</summary>
    int DofCount { get; }

    /// <summary>Joint positions, rad or m. Shape [dof].</summary>
    ReadOnlySpan<double> Position { get; }

    /// <summary>Joint velocities, rad/s or m/s. Shape [dof].</summary>
    ReadOnlySpan<double> Velocity { get; }

    /// <summary>Advances the joints by one step.</summary>
    /// <param name="outputTorque">
    /// Effort of the servos on each joint, N·m or N. Shape [dof].
    /// </param>
    /// <param name="dtSeconds">Length of the step, s.</param>
    void Step(ReadOnlySpan<double> outputTorque, double dtSeconds);

    /// <summary>Puts the joints at rest at a pose.</summary>
    /// <param name="position">Joint positions, rad or m. Shape [dof].</param>
    void Reset(ReadOnlySpan<double> position);
}
