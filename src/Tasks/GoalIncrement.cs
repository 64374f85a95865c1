namespace HilRig.Tasks;

/// <summary>
/// The action convention of all tasks: an action moves the joint's goal. The goal stays within a
/// leash of where the joint is, so that it does not run away from a blocked joint and the force of
/// a contact is bounded; it starts from the last goal, so that droop does not creep.
/// </summary>
public static class GoalIncrement
{
    /// <summary>goal = clamp(last goal + scale · action, position ± leash), then the range.
    /// </summary>
    /// <param name="description">Scales and leashes; one action a joint.</param>
    /// <param name="ranges">Lowest and highest goal of each joint, rad or m. Shape [dof].</param>
    /// <param name="state">The scene.</param>
    /// <param name="action">Each in [−1, 1]; beyond is cut. Shape [dof].</param>
    /// <param name="goal">Receives the goals, rad or m. Shape [dof].</param>
    public static void Apply(
        TaskDescription description,
        ReadOnlySpan<(double Min, double Max)> ranges,
        in TaskState state,
        ReadOnlySpan<float> action,
        Span<double> goal)
    {
        for (int k = 0; k < goal.Length; k++)
        {
            double wanted = state.Goal[k]
                + (description.Action[k].Scale * Math.Clamp((double)action[k], -1, 1));
            double leash = description.GoalLeash[k];
            double near = Math.Clamp(
                wanted, state.Position[k] - leash, state.Position[k] + leash);
            goal[k] = Math.Clamp(near, ranges[k].Min, ranges[k].Max);
        }
    }
}
