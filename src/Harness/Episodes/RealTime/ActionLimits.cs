using HilRig.Core.Joints;
using HilRig.Harness.Scenarios;
using HilRig.Tasks;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// Takes an action back until its goals are within the rig's limits, so that what is recorded is
/// what is executed. Number by number: the part of an action that a limit does not stop is kept.
/// </summary>
/// <remarks>
/// A task alone knows what its actions do to goals, so the largest allowed part of each number is
/// found by halving, with the numbers before it already in force. That needs about 12 calls of
/// <see cref="IRobotTask.Act"/> a number, and only when a limit is hit.
/// </remarks>
internal sealed class ActionLimits
{
    private const int Halvings = 12;
    private const double Slack = 1e-9;
    private readonly IRobotTask _task;
    private readonly JointLimits[] _limits;
    private readonly double[] _reach;
    private readonly double[] _stepMax;
    private readonly float[] _wanted;

    /// <summary>Makes limits.</summary>
    /// <param name="task">The task.</param>
    /// <param name="joints">The task's joints, in its order.</param>
    internal ActionLimits(IRobotTask task, IReadOnlyList<JointBounds> joints)
    {
        _task = task;
        _limits = new JointLimits[joints.Count];
        _reach = new double[joints.Count];
        _stepMax = new double[joints.Count];
        _wanted = new float[task.Description.Action.Count];
        for (int i = 0; i < joints.Count; i++)
        {
            _limits[i] = joints[i].Limits;
            _reach[i] = joints[i].Limits.VelocityMax * task.Description.PeriodSeconds;
            _stepMax[i] = joints[i].StepMax;
        }
    }

    /// <summary>Takes an action back where it must be.</summary>
    /// <param name="state">The scene.</param>
    /// <param name="action">In: wanted. Out: allowed. Shape [action].</param>
    /// <param name="goal">Receives the goals of the allowed action. Shape [dof].</param>
    /// <returns>Whether the action or a goal was changed.</returns>
    internal bool Apply(in TaskState state, Span<float> action, Span<double> goal)
    {
        _task.Act(state, action, goal);
        if (IsWithin(state, goal))
        {
            return false;
        }

        action.CopyTo(_wanted);
        action.Clear();
        for (int i = 0; i < action.Length; i++)
        {
            Allow(state, action, goal, i);
        }

        // Standing still may be beyond a limit too: the leash pulls the goal to a joint that was
        // pushed away.
        _task.Act(state, action, goal);
        for (int i = 0; i < goal.Length; i++)
        {
            goal[i] = Math.Clamp(goal[i], state.Goal[i] - _reach[i], state.Goal[i] + _reach[i]);
            goal[i] = Math.Clamp(goal[i], _limits[i].PositionMin, _limits[i].PositionMax);
        }

        return true;
    }

    private void Allow(in TaskState state, Span<float> action, Span<double> goal, int index)
    {
        float wanted = _wanted[index];
        action[index] = wanted;
        _task.Act(state, action, goal);
        if (wanted == 0 || IsWithin(state, goal))
        {
            return;
        }

        float allowed = 0;
        float refused = 1;
        for (int i = 0; i < Halvings; i++)
        {
            float part = (allowed + refused) / 2;
            action[index] = wanted * part;
            _task.Act(state, action, goal);
            if (IsWithin(state, goal))
            {
                allowed = part;
            }
            else
            {
                refused = part;
            }
        }

        action[index] = wanted * allowed;
    }

    private bool IsWithin(in TaskState state, ReadOnlySpan<double> goal)
    {
        for (int i = 0; i < goal.Length; i++)
        {
            bool isWithin = goal[i] >= _limits[i].PositionMin - Slack
                && goal[i] <= _limits[i].PositionMax + Slack
                && Math.Abs(goal[i] - state.Goal[i]) <= _reach[i] + Slack
                && Math.Abs(goal[i] - state.Position[i]) <= _stepMax[i] + Slack;
            if (!isWithin)
            {
                return false;
            }
        }

        return true;
    }
}
