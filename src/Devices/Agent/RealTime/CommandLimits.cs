using HilRig.Core.Joints;
using HilRig.Core.Rigs;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// Whether a command stays inside the rig's limits. It refuses and never mends: what is sent to a
/// servo is what the host asked for, or nothing. Allocates nothing.
/// </summary>
internal sealed class CommandLimits
{
    // Rounding of a host that goes exactly as fast as allowed.
    private const double RelativeSlack = 1e-6;
    private const double AbsoluteSlack = 1e-9;
    private const double SecondsPerNanosecond = 1e-9;
    private const string TorqueOffCapability = "torque-off";
    private readonly JointMapping[] _joints;
    private readonly bool _mayGoLimp;

    public CommandLimits(RigDescription rig)
    {
        _joints = [.. rig.Joints];
        _mayGoLimp = rig.SafePosture.Policy == SafePosturePolicy.TorqueOff;
        foreach (string capability in rig.Capabilities)
        {
            _mayGoLimp |= capability == TorqueOffCapability;
        }
    }

    /// <summary>
    /// Checks every joint whose torque the command leaves on. Torque off is legal only where the
    /// rig says that it may fall: by its safe posture, or by the capability "torque-off".
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="measured">Newest measured positions. Shape [dof].</param>
    /// <param name="previousGoal">
    /// Goals of the command before it, the measured position where torque was off. Shape [dof].
    /// </param>
    /// <param name="elapsedNanoseconds">Time in which the goals may move.</param>
    /// <param name="fault">What is wrong with the joint returned.</param>
    /// <returns>The first joint outside a limit, or -1.</returns>
    public int FindIllegalJoint(
        JointCommand command,
        ReadOnlySpan<double> measured,
        ReadOnlySpan<double> previousGoal,
        long elapsedNanoseconds,
        out CommandFault fault)
    {
        for (int j = 0; j < _joints.Length; j++)
        {
            if (command.TorqueEnabled[j])
            {
                fault = Check(
                    _joints[j],
                    command.Position[j],
                    measured[j],
                    previousGoal[j],
                    elapsedNanoseconds);
                if (fault != CommandFault.None)
                {
                    return j;
                }
            }
            else if (!_mayGoLimp)
            {
                fault = CommandFault.TorqueOff;
                return j;
            }
        }

        fault = CommandFault.None;
        return -1;
    }

    /// <summary>
    /// Time that the joints need at their greatest velocity to follow the goals, ns.
    /// </summary>
    /// <param name="command">A legal command.</param>
    /// <param name="previousGoal">As in <see cref="FindIllegalJoint"/>. Shape [dof].</param>
    public long TravelNanoseconds(JointCommand command, ReadOnlySpan<double> previousGoal)
    {
        double seconds = 0;
        for (int j = 0; j < _joints.Length; j++)
        {
            if (command.TorqueEnabled[j])
            {
                seconds = Math.Max(
                    seconds,
                    Math.Abs(command.Position[j] - previousGoal[j]) / _joints[j].VelocityMax);
            }
        }

        return (long)(seconds / SecondsPerNanosecond);
    }

    private static CommandFault Check(
        JointMapping joint,
        double goal,
        double measured,
        double previousGoal,
        long elapsedNanoseconds)
    {
        // Comparisons are written so that a NaN on either side is a fault.
        if (!double.IsFinite(goal))
        {
            return CommandFault.NotFinite;
        }

        if (!(goal >= joint.SoftLimits.Min - AbsoluteSlack
            && goal <= joint.SoftLimits.Max + AbsoluteSlack))
        {
            return CommandFault.Position;
        }

        if (!(Math.Abs(goal - measured) <= joint.StepMax + AbsoluteSlack))
        {
            return CommandFault.Step;
        }

        double travel = joint.VelocityMax * elapsedNanoseconds * SecondsPerNanosecond;
        return Math.Abs(goal - previousGoal) <= travel * (1 + RelativeSlack) + AbsoluteSlack
            ? CommandFault.None
            : CommandFault.Velocity;
    }
}
