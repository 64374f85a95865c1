namespace HilRig.Core.Joints;

/// <summary>
/// What every joint of a plant is asked to do at one tick. Preallocated and reused.
/// </summary>
public sealed class JointCommand
{
    /// <summary>
    /// Makes a command for <paramref name="dofCount"/> joints, torque off, goals NaN.
    /// </summary>
    /// <param name="dofCount">Number of joints.</param>
    public JointCommand(int dofCount)
    {
        Position = new double[dofCount];
        TorqueEnabled = new bool[dofCount];
        Array.Fill(Position, double.NaN);
    }

    /// <summary>Goal position, rad or m. Shape [dof].</summary>
    public double[] Position { get; }

    /// <summary>Whether the actuator may apply torque. Shape [dof].</summary>
    public bool[] TorqueEnabled { get; }

    /// <summary>
    /// Strictly increasing number of the command within its session; the first is 1.
    /// </summary>
    public long Sequence { get; set; }

    /// <summary>Sequence of the state this command was computed from; 0 when none.</summary>
    public long AnsweredStateSequence { get; set; }

    /// <summary>Planned instant of the tick, CLOCK_MONOTONIC ns.</summary>
    public long PlannedNanoseconds { get; set; }

    /// <summary>When the command was computed, CLOCK_MONOTONIC ns.</summary>
    public long CreatedNanoseconds { get; set; }

    /// <summary>After this instant the command must not be acted on, CLOCK_MONOTONIC ns.</summary>
    public long ValidUntilNanoseconds { get; set; }

    /// <summary>
    /// Copies every field into <paramref name="target"/>, which has the same joint count.
    /// </summary>
    /// <param name="target">Receives the copy.</param>
    public void CopyTo(JointCommand target)
    {
        Position.AsSpan().CopyTo(target.Position);
        TorqueEnabled.AsSpan().CopyTo(target.TorqueEnabled);
        target.Sequence = Sequence;
        target.AnsweredStateSequence = AnsweredStateSequence;
        target.PlannedNanoseconds = PlannedNanoseconds;
        target.CreatedNanoseconds = CreatedNanoseconds;
        target.ValidUntilNanoseconds = ValidUntilNanoseconds;
    }
}
