using HilRig.Harness.RealTime;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Verdicts;

namespace HilRig.Harness.Tests.Verdicts;

internal sealed class RunVerdictTests
{
    private static LoopReport Loop(long ticks = 1000, long overflow = 0) => new()
    {
        RateHertz = 250,
        TickCount = ticks,
        MissedCount = 0,
        UnansweredCount = 0,
        ClippedCount = 0,
        OverflowCount = overflow,
        AllocatedBytes = 0,
        CollectionCount = 0,
        PauseMilliseconds = 0,
    };

    private static BudgetResult Budget(Verdict verdict) => new()
    {
        Metric = "m",
        Unit = "rad",
        Limit = 1,
        Measured = verdict == Verdict.Inconclusive ? null : 2,
        Verdict = verdict,
    };

    private static Verdict Decide(
        LoopEnding ending, LoopReport loop, params BudgetResult[] budgets) =>
        RunVerdict.Decide(ending, null, loop, new InconclusiveRules(), budgets).Verdict;

    [TestCase(LoopEnding.Completed, ExpectedResult = Verdict.Fail)]
    [TestCase(LoopEnding.Cancelled, ExpectedResult = Verdict.Aborted)]
    [TestCase(LoopEnding.ControllerFailed, ExpectedResult = Verdict.Aborted)]
    [TestCase(LoopEnding.PlantStopped, ExpectedResult = Verdict.RigError)]
    [TestCase(LoopEnding.PlantLost, ExpectedResult = Verdict.RigError)]
    [TestCase(LoopEnding.TwinFailed, ExpectedResult = Verdict.RigError)]
    [TestCase(LoopEnding.RecorderFailed, ExpectedResult = Verdict.RigError)]
    public Verdict A_broken_rig_is_never_a_failed_product(LoopEnding ending) =>
        Decide(ending, Loop(), Budget(Verdict.Fail));

    [Test]
    public void A_fail_outweighs_an_inconclusive() => Assert.That(
        Decide(
            LoopEnding.Completed, Loop(), Budget(Verdict.Inconclusive), Budget(Verdict.Fail)),
        Is.EqualTo(Verdict.Fail));

    [Test]
    public void An_inconclusive_budget_is_no_pass() => Assert.That(
        Decide(LoopEnding.Completed, Loop(), Budget(Verdict.Pass), Budget(Verdict.Inconclusive)),
        Is.EqualTo(Verdict.Inconclusive));

    [Test]
    public void Lost_ticks_are_a_rig_error() => Assert.That(
        Decide(LoopEnding.Completed, Loop(overflow: 1)), Is.EqualTo(Verdict.RigError));

    [Test]
    public void Too_few_ticks_judge_nothing() => Assert.That(
        Decide(LoopEnding.Completed, Loop(99), Budget(Verdict.Fail)),
        Is.EqualTo(Verdict.Inconclusive));

    [Test]
    public void Without_real_time_only_timing_is_not_judged()
    {
        var budgets = new ScenarioBudgets
        {
            Latency = [new LatencyBudget(LatencyKeys.Wake, LatencyStatistic.Max, 1)],
            Divergence =
            [
                new DivergenceBudget(
                    "s", DivergenceMeasure.Rmse, 1, HilRig.Core.Units.Dimension.Angle, "x"),
            ],
            MissedTickRatio = 0.5,
        };
        var latency = new Dictionary<string, LatencyFigure>
        {
            [LatencyKeys.Wake] = new() { Count = 9, MaxMicroseconds = 0.5 },
        };
        var divergence = new Dictionary<string, DivergenceFigure>
        {
            ["s"] = new() { Unit = "rad", Rmse = 0.5 },
        };
        Assert.That(
            BudgetJudge.Judge(budgets, latency, divergence, Loop(), timingCounts: false)
                .Select(budget => budget.Verdict),
            Is.EqualTo(new[] { Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Pass }));
        Assert.That(
            BudgetJudge.Judge(budgets, latency, divergence, Loop(), timingCounts: true)
                .Select(budget => budget.Verdict),
            Has.All.EqualTo(Verdict.Pass));
    }
}
