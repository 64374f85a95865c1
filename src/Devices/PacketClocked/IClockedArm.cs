namespace HilRig.Devices.PacketClocked;

/// <summary>
/// The arm that a packet-clocked controller drives: joints, drives and gravity. SI units; allocates
/// nothing a step. For one thread.
/// </summary>
public interface IClockedArm
{
    /// <summary>Number of joints.</summary>
    int DofCount { get; }

    /// <summary>Joint positions, rad or m. Shape [dof].</summary>
    ReadOnlySpan<double> Position { get; }

    /// <summary>Joint velocities, rad/s or m/s. Shape [dof].</summary>
    ReadOnlySpan<double> Velocity { get; }

    /// <summary>Efforts of the drives, N·m or N. Shape [dof].</summary>
    ReadOnlySpan<double> Effort { get; }

    /// <summary>Drives the joints towards goals for one cycle.</summary>
    /// <param name="goal">Goal positions, rad or m. Shape [dof].</param>
    /// <param name="durationNanoseconds">Length of the cycle.</param>
    /// <returns>False when the arm's state is no number any more.</returns>
    bool Step(ReadOnlySpan<double> goal, long durationNanoseconds);
}
