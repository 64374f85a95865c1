using HilRig.Core.Joints;
using HilRig.Harness.RealTime;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Tests.Faults;
using HilRig.Harness.Verdicts;

namespace HilRig.Harness.Tests.Verdicts;

internal sealed class ExpectationJudgeTests
{
    private const string Fault = "layer: bridge, target: commands, type: off";

    private static readonly StopReport Deadman = new()
    {
        Cause = StopReason.DeadmanExpired,
        By = StopActor.Agent,
        Acknowledged = true,
        StoppedAfterMilliseconds = 110,
    };

    [Test]
    public void Exactly_the_expected_stop_is_a_pass() =>
        Assert.That(Judge("DeadmanExpired, within: 120 ms", Deadman), Is.EqualTo(Verdict.Pass));

    [TestCase("ServoLost")]
    [TestCase("DeadmanExpired, within: 100 ms")]
    [TestCase("DeadmanExpired, acknowledged: false")]
    [TestCase("None")]
    public void Another_stop_is_a_fail(string expected) =>
        Assert.That(Judge(expected, Deadman), Is.EqualTo(Verdict.Fail));

    [Test]
    public void No_stop_where_one_is_expected_is_a_fail() =>
        Assert.That(Judge("DeadmanExpired", null), Is.EqualTo(Verdict.Fail));

    [Test]
    public void An_unmeasured_stop_time_is_inconclusive() => Assert.That(
        Judge(
            "DeadmanExpired, within: 120 ms",
            Deadman with { StoppedAfterMilliseconds = null }),
        Is.EqualTo(Verdict.Inconclusive));

    [Test]
    public void A_fault_that_never_came_makes_a_pass_inconclusive()
    {
        (Scenario scenario, RunResult run) = Finished("DeadmanExpired", Deadman);
        run = run with
        {
            Verdict = Verdict.Pass,
            Faults = [run.Faults[0] with { BeganNanoseconds = null }],
        };
        Assert.That(
            ExpectationJudge.Judge(scenario, run).Verdict, Is.EqualTo(Verdict.Inconclusive));
    }

    [Test]
    public void A_run_that_a_person_ended_stays_aborted()
    {
        (Scenario scenario, RunResult run) = Finished("DeadmanExpired", null);
        run = run with { Ending = LoopEnding.Cancelled, Verdict = Verdict.Aborted };
        Assert.That(ExpectationJudge.Judge(scenario, run).Verdict, Is.EqualTo(Verdict.Aborted));
    }

    private static Verdict Judge(string expected, StopReport? stop)
    {
        (Scenario scenario, RunResult run) = Finished(expected, stop);
        return ExpectationJudge.Judge(scenario, run).Verdict;
    }

    private static (Scenario Scenario, RunResult Run) Finished(string expected, StopReport? stop)
    {
        Scenario scenario = FaultReaderTests.Plan(
            Fault, extra: $"expect: {{ stop: {expected} }}\n").Scenario;
        bool isStopped = stop is not null;
        RunResult run = RunResult.WithoutLoop(
            "small.yaml",
            isStopped ? Verdict.RigError : Verdict.Pass,
            "",
            DateTimeOffset.UnixEpoch) with
        {
            Ending = isStopped ? LoopEnding.PlantStopped : LoopEnding.Completed,
            Stop = stop,
            Faults =
            [
                new FaultReport
                {
                    Layer = "bridge", Target = "commands", Type = "off", Parameters = "",
                    AtSeconds = 0.5, BeganNanoseconds = 1,
                },
            ],
        };
        return (scenario, run);
    }
}
