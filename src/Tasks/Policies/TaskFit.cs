using HilRig.Core.Errors;

namespace HilRig.Tasks.Policies;

/// <summary>
/// Whether a policy fits a task as it is defined here and now: by name, unit, order and period. The
/// scale of an observation may differ, for the graph holds its own; that of an action may not, for
/// it is the task that turns actions into goals.
/// </summary>
public static class TaskFit
{
    private const double PeriodTolerance = 1e-9;

    /// <summary>Requires that a policy fits.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="task">The task.</param>
    /// <param name="where">The policy's file, for the message.</param>
    /// <exception cref="ScenarioException">It does not; all faults are named.</exception>
    public static void Require(TaskPolicyManifest policy, TaskDescription task, string where)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(task);
        if (!string.Equals(policy.Task, task.Name, StringComparison.Ordinal))
        {
            throw new ScenarioException(
                "The policy is of another task", where, task.Name, policy.Task);
        }

        var faults = new List<string>();
        Compare("observation", policy.Observation, task.Observation, faults);
        Compare("action", policy.Action, task.Action, faults);
        CompareScales(policy.Action, task.Action, faults);
        if (Math.Abs(policy.PeriodSeconds - task.PeriodSeconds) > PeriodTolerance)
        {
            faults.Add(FormattableString.Invariant(
                $"its period is {policy.PeriodSeconds} s, the task's {task.PeriodSeconds} s"));
        }

        string[] joints = [.. policy.DefaultPose.Select(pose => pose.Joint)];
        if (!joints.AsSpan().SequenceEqual([.. task.Joints]))
        {
            faults.Add($"its default pose is of the joints {string.Join(", ", joints)}, the task's "
                + $"are {string.Join(", ", task.Joints)}");
        }

        if (faults.Count > 0)
        {
            throw new ScenarioException(
                $"The policy does not fit the task {task.Name}",
                where,
                found: string.Join("; ", faults),
                remedy: "a policy trained on this version of the task");
        }
    }

    private static void Compare(
        string what,
        IReadOnlyList<TaskChannel> policy,
        IReadOnlyList<TaskChannel> task,
        List<string> faults)
    {
        string[] known = [.. task.Select(channel => channel.Name)];
        string[] used = [.. policy.Select(channel => channel.Name)];
        foreach (string name in used.Except(known))
        {
            faults.Add($"the task has no {what} '{name}'");
        }

        foreach (string name in known.Except(used))
        {
            faults.Add($"the policy has no {what} '{name}'");
        }

        if (used.Length == known.Length && !used.Except(known).Any()
            && !used.AsSpan().SequenceEqual(known))
        {
            faults.Add($"its {what} is in another order: {string.Join(", ", used)}");
        }

        foreach (TaskChannel channel in policy)
        {
            TaskChannel? own = task.FirstOrDefault(other => other.Name == channel.Name);
            if (own is not null && own.Unit != channel.Unit)
            {
                faults.Add(
                    $"{what} '{channel.Name}' is in {channel.Unit}, the task's in {own.Unit}");
            }
        }
    }

    private static void CompareScales(
        IReadOnlyList<TaskChannel> policy, IReadOnlyList<TaskChannel> task, List<string> faults)
    {
        foreach (TaskChannel channel in policy)
        {
            TaskChannel? own = task.FirstOrDefault(other => other.Name == channel.Name);
            if (own is not null && (own.Scale != channel.Scale || own.Offset != channel.Offset))
            {
                faults.Add(FormattableString.Invariant(
                    $"action '{channel.Name}' is {channel.Offset} ± {channel.Scale} {channel.Unit}")
                    + FormattableString.Invariant($", the task's {own.Offset} ± {own.Scale}"));
            }
        }
    }
}
