using HilRig.Rig.Learning;
using HilRig.Rig.Learning.Parts;

namespace HilRig.Cli.Learning;

/// <summary>A run on a rig as text.</summary>
internal static class LearnRigText
{
    /// <summary>Writes a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="output">Takes it.</param>
    public static void Write(LearnRigResult result, TextWriter output)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{result.Algorithm} on {result.Rig}, {result.Task}, seed {result.Seed}: ")
            + result.Ending);
        output.WriteLine("  " + result.Reason);
        output.WriteLine(FormattableString.Invariant(
            $"  demonstrations {result.Demonstrations}, episodes {result.Episodes}, ")
            + FormattableString.Invariant($"steps {result.Steps}"));
        if (result.Score is { } score)
        {
            output.WriteLine(FormattableString.Invariant(
                $"  imitation {Share(score.First, score.FirstInterval)}, ")
                + $"final {Share(score.Second, score.SecondInterval)}, difference "
                + Share(score.Difference, score.DifferenceInterval)
                + FormattableString.Invariant($" on {score.Starts} starts"));
        }

        if (result.Promotion is { } promotion)
        {
            output.WriteLine("  gate: " + promotion);
        }

        output.WriteLine(FormattableString.Invariant(
            $"  limit violations {result.LimitViolations}, stale commands {result.StaleCommands}, ")
            + FormattableString.Invariant($"clipped steps {result.ClippedSteps}"));
        LearnRigSelection selection = result.Selection;
        output.WriteLine((selection.Safety is null ? "  safety off" : "  safety")
            + FormattableString.Invariant($": of {selection.Steps} steps the actor's ")
            + FormattableString.Invariant($"{selection.ActorSteps}, capped {selection.Capped}, ")
            + FormattableString.Invariant($"locked {selection.Locked}, critics apart ")
            + FormattableString.Invariant($"{selection.CriticsDisagreed}, value out of range ")
            + FormattableString.Invariant($"{selection.ValueOutOfRange}; policies refused ")
            + FormattableString.Invariant($"{result.RefusedPolicies}"));
        output.WriteLine(FormattableString.Invariant(
            $"  resets {result.Resets.Count}, mean {result.Resets.MeanSeconds:0.0} s (operator ")
            + FormattableString.Invariant($"{result.Resets.MeanIdleSeconds:0.0} s), refused ")
            + FormattableString.Invariant($"{result.Resets.FailedVerifyCount}"));
        output.WriteLine(FormattableString.Invariant(
            $"  learner: {result.Learner.Updates} updates, {result.Learner.Policies} policies, ")
            + FormattableString.Invariant(
                $"killed {result.Learner.Killed}, started again {result.Learner.Restarted}"));
        output.WriteLine(FormattableString.Invariant(
            $"  {result.Parts.Count} parts, the rig stopped {result.Stops} times"));
        foreach (LearnRigPart part in result.Parts.Where(part => part.Ending != "Completed"))
        {
            output.WriteLine(FormattableString.Invariant(
                $"    part {part.Number}: {part.Episodes} episodes, ")
                + (part.Ending ?? "cut off")
                + (part.IsRearmed ? ", cleared by the operator: " : ": ") + part.Reason);
        }

        output.WriteLine(FormattableString.Invariant(
            $"  {result.WallSeconds / 60:0.0} min on the wall; policy ")
            + (result.Policy ?? "none yet"));
    }

    private static string Share(double share, double[] interval) => FormattableString.Invariant(
        $"{100 * share:0} % ({100 * interval[0]:0} to {100 * interval[1]:0})");
}
