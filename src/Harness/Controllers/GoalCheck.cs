using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Controllers;

/// <summary>
/// Holds the goals of one joint, known beforehand, against its limits tick by tick.
/// </summary>
internal static class GoalCheck
{
    // Rounding of a goal or slope that is exactly at its limit.
    private const double Slack = 1e-9;
    private const double RelativeSlack = 1e-6;

    /// <summary>Reports the first goal that breaks a limit: which, when, by how much.</summary>
    /// <param name="joint">The joint.</param>
    /// <param name="rateHertz">Ticks a second, Hz.</param>
    /// <param name="endSeconds">How far to look, s.</param>
    /// <param name="start">Goal before the first tick.</param>
    /// <param name="goalAt">Goal at an instant, s.</param>
    /// <param name="whereAt">File, line and column that command an instant, s.</param>
    /// <param name="faults">Receives the fault.</param>
    internal static void Run(
        JointBounds joint,
        double rateHertz,
        double endSeconds,
        double start,
        Func<double, double> goalAt,
        Func<double, string> whereAt,
        YamlFaults faults)
    {
        double previous = start;
        long ticks = (long)Math.Round(endSeconds * rateHertz);
        for (long tick = 0; tick <= ticks; tick++)
        {
            double time = tick / rateHertz;
            double goal = goalAt(time);
            if (Violation(joint, rateHertz, previous, goal) is { } broken)
            {
                faults.Add(new YamlFault(
                    whereAt(time),
                    $"The goal of '{joint.Name}' breaks its {broken.Limit} limit at "
                        + FormattableString.Invariant($"{time:0.####} s"),
                    broken.Bound,
                    broken.Found));
                return;
            }

            previous = goal;
        }
    }

    private static (string Limit, string Bound, string Found)? Violation(
        JointBounds joint, double rateHertz, double previous, double goal)
    {
        string unit = joint.Unit;
        double step = Math.Abs(goal - previous);
        double speed = step * rateHertz;
        if (!double.IsFinite(goal)
            || goal < joint.Limits.PositionMin - Slack
            || goal > joint.Limits.PositionMax + Slack)
        {
            return (
                "position",
                FormattableString.Invariant(
                    $"{joint.Limits.PositionMin} to {joint.Limits.PositionMax} {unit}"),
                FormattableString.Invariant($"{goal:0.####} {unit}"));
        }

        if (step > joint.StepMax + Slack)
        {
            return (
                "step",
                FormattableString.Invariant($"at most {joint.StepMax} {unit} a tick"),
                FormattableString.Invariant($"{step:0.####} {unit}"));
        }

        return speed > joint.Limits.VelocityMax * (1 + RelativeSlack) + Slack
            ? (
                "velocity",
                FormattableString.Invariant($"at most {joint.Limits.VelocityMax} {unit}/s"),
                FormattableString.Invariant($"{speed:0.####} {unit}/s"))
            : null;
    }
}
