using HilRig.Core.Joints;
using HilRig.Core.Time;

namespace HilRig.Core.Telemetry;

/// <summary>
/// Everything known of one tick: command, the real state that answers it, the twin's state at the
/// planned instant, and the hop stamps. Preallocated; lives in a ring between loop and recorder.
/// </summary>
public sealed class TickRecord
{
    /// <summary>Makes a record for <paramref name="dofCount"/> joints.</summary>
    /// <param name="dofCount">Number of joints.</param>
    public TickRecord(int dofCount)
    {
        Command = new JointCommand(dofCount);
        Real = new JointState(dofCount);
        Twin = new JointState(dofCount);
        Seen = new JointState(dofCount);
    }

    /// <summary>The tick.</summary>
    public Tick Tick { get; set; }

    /// <summary>Time since the measured phase began, ns; negative before it.</summary>
    public long ElapsedNanoseconds { get; set; }

    /// <summary>Number of the repeat this tick belongs to; 0 for the first.</summary>
    public int Repeat { get; set; }

    /// <summary>The command sent, after limits.</summary>
    public JointCommand Command { get; }

    /// <summary>Joints whose command was clipped by a limit, bit i for joint i.</summary>
    public ulong ClippedJoints { get; set; }

    /// <summary>
    /// The real state that answers the command; only meaningful when <see cref="Answered"/>.
    /// </summary>
    public JointState Real { get; }

    /// <summary>
    /// What controller and measures saw in place of <see cref="Real"/>, because of a sensor fault;
    /// only meaningful when <see cref="FaultedJoints"/> is not 0.
    /// </summary>
    public JointState Seen { get; }

    /// <summary>Joints whose measured values were falsified, bit i for joint i.</summary>
    public ulong FaultedJoints { get; set; }

    /// <summary>Whether the plant answered this tick's command.</summary>
    public bool Answered { get; set; }

    /// <summary>
    /// The twin's state at the planned instant, before it took the command. NaN without a twin.
    /// </summary>
    public JointState Twin { get; }

    /// <summary>
    /// The tick's instants: the host's own, and those that came back with the answer.
    /// </summary>
    public HopStamps Stamps { get; set; }

    /// <summary>
    /// Copies every field into <paramref name="target"/>, which has the same joint count.
    /// </summary>
    /// <param name="target">Receives the copy.</param>
    public void CopyTo(TickRecord target)
    {
        target.Tick = Tick;
        target.ElapsedNanoseconds = ElapsedNanoseconds;
        target.Repeat = Repeat;
        Command.CopyTo(target.Command);
        target.ClippedJoints = ClippedJoints;
        Real.CopyTo(target.Real);
        target.Answered = Answered;
        Twin.CopyTo(target.Twin);
        target.FaultedJoints = FaultedJoints;
        if (FaultedJoints != 0)
        {
            Seen.CopyTo(target.Seen);
        }

        target.Stamps = Stamps;
    }
}
