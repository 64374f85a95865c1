using HilRig.Core.Joints;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.RealTime;

/// <summary>
/// Keeps commands within position, velocity and step limits, whatever a controller asks for. What
/// it changes, it marks.
/// </summary>
internal sealed class CommandLimiter
{
    private const double NanosecondsPerSecond = 1e9;

    // A goal exactly on a limit may be off by rounding; that is no clip.
    private const double Slack = 1e-9;
    private readonly JointLimits[] _limits;
    private readonly double[] _stepMax;
    private readonly double[] _previous;

    /// <summary>Makes a limiter.</summary>
    /// <param name="joints">Joints and their limits.</param>
    /// <param name="initial">Positions the first command starts from. Shape [dof].</param>
    internal CommandLimiter(IReadOnlyList<JointBounds> joints, ReadOnlySpan<double> initial)
    {
        _limits = new JointLimits[joints.Count];
        _stepMax = new double[joints.Count];
        for (int i = 0; i < joints.Count; i++)
        {
            _limits[i] = joints[i].Limits;
            _stepMax[i] = joints[i].StepMax;
        }

        _previous = initial.ToArray();
    }

    /// <summary>Limits one command in place.</summary>
    /// <param name="command">The command.</param>
    /// <param name="measured">The newest measured state.</param>
    /// <param name="sincePreviousNanoseconds">
    /// Time since the previous command's planned instant.
    /// </param>
    /// <returns>Joints whose goal was changed, bit i for joint i.</returns>
    internal ulong Apply(JointCommand command, JointState measured, long sincePreviousNanoseconds)
    {
        ulong clipped = 0;
        double seconds = sincePreviousNanoseconds / NanosecondsPerSecond;
        for (int i = 0; i < _limits.Length; i++)
        {
            double wanted = command.Position[i];
            double goal = Limit(i, wanted, measured.Position[i], seconds);
            if (!(Math.Abs(goal - wanted) <= Slack))
            {
                clipped |= 1UL << i;
            }

            command.Position[i] = goal;
            _previous[i] = goal;
        }

        return clipped;
    }

    private double Limit(int joint, double wanted, double measured, double seconds)
    {
        JointLimits limits = _limits[joint];
        double previous = _previous[joint];
        double goal = double.IsFinite(wanted) ? wanted : previous;

        // Without slack: the agent checks the same limit again and has the slack.
        double reach = limits.VelocityMax * seconds;
        if (double.IsFinite(reach))
        {
            goal = Math.Clamp(goal, previous - reach, previous + reach);
        }

        double step = _stepMax[joint];
        if (double.IsFinite(step) && double.IsFinite(measured))
        {
            goal = Math.Clamp(goal, measured - step, measured + step);
        }

        // Last, so that it always holds: an arm that hangs beyond its soft limit when it is armed
        // is commanded to the limit at once. An agent accepts nothing beyond it.
        return Math.Clamp(goal, limits.PositionMin, limits.PositionMax);
    }
}
