using HilRig.Core.Time;

namespace HilRig.Core.Joints;

/// <summary>One measurement of every joint of a plant. Preallocated and reused.</summary>
public sealed class JointState
{
    /// <summary>Makes a state for <paramref name="dofCount"/> joints, all values NaN.</summary>
    /// <param name="dofCount">Number of joints.</param>
    public JointState(int dofCount)
    {
        Position = new double[dofCount];
        Velocity = new double[dofCount];
        Effort = new double[dofCount];
        Array.Fill(Position, double.NaN);
        Array.Fill(Velocity, double.NaN);
        Array.Fill(Effort, double.NaN);
    }

    /// <summary>Measured position, rad or m. Shape [dof].</summary>
    public double[] Position { get; }

    /// <summary>
    /// Measured velocity, rad/s or m/s; NaN where the plant has none. Shape [dof].
    /// </summary>
    public double[] Velocity { get; }

    /// <summary>Measured effort, N·m or N; NaN where the plant has none. Shape [dof].</summary>
    public double[] Effort { get; }

    /// <summary>Strictly increasing number of the state; the first is 1.</summary>
    public long Sequence { get; set; }

    /// <summary>Sequence of the command this state answers; 0 when it answers none.</summary>
    public long AnsweredCommandSequence { get; set; }

    /// <summary>
    /// When the joints were sampled (middle of the bus reply), CLOCK_MONOTONIC ns.
    /// </summary>
    public long SampledNanoseconds { get; set; }

    /// <summary>What the plant says of itself.</summary>
    public PlantHealth Health { get; set; }

    /// <summary>Joints whose values are fresh in this state, bit i for joint i.</summary>
    public ulong FreshJoints { get; set; }

    /// <summary>Instants of the hops between command and state.</summary>
    public HopStamps Stamps { get; set; }

    /// <summary>
    /// Copies every field into <paramref name="target"/>, which has the same joint count.
    /// </summary>
    /// <param name="target">Receives the copy.</param>
    public void CopyTo(JointState target)
    {
        Position.AsSpan().CopyTo(target.Position);
        Velocity.AsSpan().CopyTo(target.Velocity);
        Effort.AsSpan().CopyTo(target.Effort);
        target.Sequence = Sequence;
        target.AnsweredCommandSequence = AnsweredCommandSequence;
        target.SampledNanoseconds = SampledNanoseconds;
        target.Health = Health;
        target.FreshJoints = FreshJoints;
        target.Stamps = Stamps;
    }
}
