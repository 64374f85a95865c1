namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// The goals of an episode in reverse: the way out of wherever its actions led the arm.
/// </summary>
internal static class WayBack
{
    /// <summary>The poses from where the arm is to where the episode began.</summary>
    /// <param name="goals">Goals before each action, in order. Each [dof].</param>
    /// <param name="now">Goals in force. Shape [dof].</param>
    internal static IEnumerable<double[]> From(
        IReadOnlyList<double[]> goals, IReadOnlyList<double> now)
    {
        // A retreat that is tried again goes on from the pose it came to.
        int nearest = -1;
        double least = double.PositiveInfinity;
        for (int i = 0; i < goals.Count; i++)
        {
            double distance = goals[i].Select((goal, joint) => Math.Abs(goal - now[joint])).Max();
            if (distance <= least)
            {
                least = distance;
                nearest = i;
            }
        }

        for (int i = nearest; i >= 0; i--)
        {
            yield return goals[i];
        }
    }
}
