using HilRig.Harness.RealTime;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Verdicts;

/// <summary>
/// One outcome for a run. A broken rig is never filed as a failed product, and a lack of data never
/// as a pass.
/// </summary>
internal static class RunVerdict
{
    /// <summary>Decides.</summary>
    /// <param name="ending">How the loop ended.</param>
    /// <param name="diagnosis">
    /// What the plant or the recorder says of its end; null when nothing.
    /// </param>
    /// <param name="loop">What the loop counted.</param>
    /// <param name="rules">When a run says nothing.</param>
    /// <param name="budgets">Judged budgets.</param>
    /// <returns>The outcome and one sentence why.</returns>
    internal static (Verdict Verdict, string Reason) Decide(
        LoopEnding ending,
        string? diagnosis,
        LoopReport loop,
        InconclusiveRules rules,
        IReadOnlyList<BudgetResult> budgets)
    {
        (Verdict Verdict, string Reason)? early = ending switch
        {
            LoopEnding.Completed => null,
            LoopEnding.Cancelled => (Verdict.Aborted, "the run was asked to stop"),
            LoopEnding.ControllerFailed => (Verdict.Aborted, "the controller failed"),
            LoopEnding.PlantStopped => (Verdict.RigError, "the rig stopped itself"),
            LoopEnding.PlantLost => (Verdict.RigError, "the rig is gone"),
            LoopEnding.TwinFailed => (Verdict.RigError, "the twin could not go on"),
            LoopEnding.RecorderFailed => (Verdict.RigError, "the recording could not go on"),
        };
        if (early is { } ended)
        {
            string why = diagnosis is null ? ended.Reason : $"{ended.Reason}: {diagnosis}";
            return (ended.Verdict, why);
        }

        if (loop.OverflowCount > 0)
        {
            return (
                Verdict.RigError,
                $"the recorder fell behind and lost {loop.OverflowCount} ticks");
        }

        if (loop.TickCount < rules.TicksMin)
        {
            return (
                Verdict.Inconclusive,
                $"{loop.TickCount} measured ticks, {rules.TicksMin} needed");
        }

        BudgetResult? worst = null;
        foreach (BudgetResult budget in budgets)
        {
            if (budget.Verdict > (worst?.Verdict ?? Verdict.Pass))
            {
                worst = budget;
            }
        }

        if (worst is null)
        {
            return (Verdict.Pass, budgets.Count == 0
                ? "the scenario sets no budgets"
                : $"all {budgets.Count} budgets were met");
        }

        int alike = budgets.Count(budget => budget.Verdict == worst.Verdict);
        return (worst.Verdict, Sentence(worst, alike));
    }

    private static string Sentence(BudgetResult budget, int count)
    {
        string others = count > 1 ? $" (and {count - 1} more)" : "";
        if (budget.Measured is not { } measured || budget.Verdict != Verdict.Fail)
        {
            return $"{budget.Metric} cannot be judged: {budget.Note}{others}";
        }

        string figure = FormattableString.Invariant($"{measured:0.####} {budget.Unit}");
        string limit = FormattableString.Invariant($"{budget.Limit:0.####}");
        return $"{budget.Metric} is {figure}, budget {limit}{others}";
    }
}
