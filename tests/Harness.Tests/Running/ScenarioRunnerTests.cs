using HilRig.Core.Joints;
using HilRig.Core.Telemetry;
using HilRig.Harness.Results;
using HilRig.Harness.Running;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Running;

[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ScenarioRunnerTests : IDisposable
{
    // 2 s at 250 Hz.
    private const int MeasuredTicks = 500;

    private readonly FakeClock _clock = new();
    private readonly MemorySink _sink = new();

    public void Dispose() => _sink.Dispose();

    private FakePlant Plant(double timeConstantSeconds = 0.02) =>
        new(Runs.Joints, timeConstantSeconds, _clock) { Initial = [0.1, -0.2] };

    private FakePlant Twin(double timeConstantSeconds = 0.02) =>
        new(Runs.Joints, timeConstantSeconds, _clock);

    private RunResult Run(FakePlant plant, FakePlant? twin, string extra = "") =>
        new ScenarioRunner(Runs.Parts(Runs.Plan(Runs.Steps + extra), plant, twin, _sink, _clock))
            .Run(CancellationToken.None);

    [Test]
    public void A_run_passes_through_approach_measure_and_return_and_stops_the_plant()
    {
        FakePlant plant = Plant();
        RunResult result = Run(plant, Twin());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Pass), result.Reason);
            Assert.That(plant.Stops, Is.EqualTo(new[] { StopReason.Requested }));
            Assert.That(
                _sink.Events.Take(3),
                Is.EqualTo(new[] { "phase: approach 1", "phase: measure 1", "phase: return" }));
            Assert.That(result.Loop!.TickCount, Is.EqualTo(MeasuredTicks));
            Assert.That(result.MissedTicks, Is.Zero);
            Assert.That(result.Loop.UnansweredCount, Is.Zero);
            Assert.That(result.Loop.ClippedCount, Is.Zero);
            Assert.That(result.Loop.OverflowCount, Is.Zero);
        }
    }

    [Test]
    public void The_first_command_is_the_measured_pose_and_no_command_jumps()
    {
        FakePlant plant = Plant();
        Run(plant, null);
        Assert.That(plant.FirstGoals, Is.EqualTo(new[] { 0.1, -0.2 }).Within(1e-12));
        double[] goals = [.. _sink.Records.Select(record => record.Command.Position[0])];
        double largest = goals.Zip(goals.Skip(1), (a, b) => Math.Abs(b - a)).Max();
        Assert.That(largest, Is.LessThanOrEqualTo(5 / 250.0 + 1e-9));
        Assert.That(goals[^1], Is.EqualTo(0.1).Within(1e-3), "it returns to where it was armed");
    }

    [Test]
    public void Every_tick_reaches_the_recording_once_and_in_order()
    {
        Run(Plant(), Twin());
        long[] sequences = [.. _sink.Records.Select(record => record.Command.Sequence)];
        Assert.That(sequences, Is.EqualTo(Enumerable.Range(1, sequences.Length)));
        Assert.That(
            _sink.Records,
            Has.All.Matches<TickRecord>(record =>
                record!.Answered
                && record.Real.AnsweredCommandSequence == record.Command.Sequence));
    }

    [Test]
    public void A_twin_like_the_plant_has_no_divergence_and_the_delay_of_the_wire()
    {
        RunResult result = Run(Plant(), Twin());
        DivergenceFigure figure = result.Divergence["joint/a/position"];
        using (Assert.EnterMultipleScope())
        {
            // The plant samples its joints one period ahead of the twin's stamp, 1 ms after
            // planned.
            Assert.That(figure.DelayMilliseconds, Is.EqualTo(-3).Within(0.5));
            Assert.That(figure.Gain, Is.EqualTo(1).Within(0.01));
            Assert.That(figure.ResidualRmse, Is.LessThan(0.002));
            Assert.That(figure.NoiseFloorRmse, Is.Null);
            Assert.That(figure.SampleCount, Is.GreaterThan(MeasuredTicks - 10));
            Assert.That(result.Trace!.TimeSeconds, Has.Length.EqualTo(MeasuredTicks));
        }
    }

    [Test]
    public void Without_a_twin_every_divergence_key_is_there_and_empty()
    {
        RunResult result = Run(Plant(), null);
        Assert.That(result.Divergence.Keys, Is.EquivalentTo(new[]
        {
            "joint/a/position", "joint/a/velocity", "joint/b/position", "joint/b/velocity",
        }));
        Assert.That(result.Divergence.Values.Select(figure => figure.Rmse), Has.All.Null);
    }

    [Test]
    public void Latency_is_measured_per_hop_from_the_planned_instant()
    {
        RunResult result = Run(Plant(), Twin());
        LatencyFigure total = result.Latency[LatencyKeys.EndToEnd];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Latency.Keys, Is.EqualTo(LatencyKeys.All));
            Assert.That(total.Count, Is.EqualTo(MeasuredTicks));
            Assert.That(total.P50Microseconds, Is.EqualTo(1700).Within(2));
            Assert.That(total.P99Microseconds, Is.Null, "500 samples cannot support a p99");
            Assert.That(
                result.Latency[LatencyKeys.BusReply].P50Microseconds, Is.EqualTo(1500).Within(2));
            Assert.That(
                result.Stages[LatencyKeys.BusReply].P50Microseconds, Is.EqualTo(1000).Within(2));
        }
    }

    [Test]
    public void Repeats_give_a_noise_floor()
    {
        FakePlant plant = Plant();
        _clock.Ready = () => _sink.Records.Count >= plant.WriteCount - 500;
        RunResult result = Run(plant, Twin(), "repeats: 3\n");
        DivergenceFigure figure = result.Divergence["joint/a/position"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Loop!.TickCount, Is.EqualTo(3 * MeasuredTicks));
            Assert.That(figure.NoiseFloorRmse, Is.Not.Null.And.LessThan(1e-3));
            Assert.That(result.Trace!.Repeat.Distinct(), Is.EqualTo(new[] { 0, 1, 2 }));
        }
    }

    [Test]
    public void An_exceeded_budget_fails_and_says_by_how_much()
    {
        RunResult result = Run(
            Plant(0.2),
            Twin(),
            "budgets: { divergence: { joint/*/position: { rmse: 0.01 rad } } }\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Fail));
            Assert.That(result.Reason, Does.Contain("joint/").And.Contain("rad, budget 0.01"));
            Assert.That(result.Budgets, Has.Count.EqualTo(2));
            Assert.That(result.Budgets[0].Measured, Is.GreaterThan(0.01));
        }
    }

    [Test]
    public void A_percentile_that_the_count_cannot_support_is_inconclusive()
    {
        RunResult result = Run(
            Plant(), Twin(), "budgets: { latency: { endToEnd: { p999: 100 ms } } }\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Inconclusive));
            Assert.That(result.Reason, Does.Contain("500 samples, 10000 needed"));
        }
    }

    [Test]
    public void Too_few_ticks_are_inconclusive() => Assert.That(
        Run(Plant(), Twin(), "inconclusive: { ticksMin: 501 }\n").Verdict,
        Is.EqualTo(Verdict.Inconclusive));

    [Test]
    public void A_rig_without_a_required_capability_is_inconclusive_and_never_armed()
    {
        FakePlant plant = Plant();
        RunResult result = Run(plant, null, "requires: [position, gripper]\n");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.Inconclusive));
            Assert.That(result.Reason, Does.Contain("gripper"));
            Assert.That(plant.WriteCount, Is.Zero);
        }
    }

    [Test]
    public void A_cancelled_run_is_aborted_and_the_plant_is_stopped()
    {
        FakePlant plant = Plant();
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        RunResult result = new ScenarioRunner(
            Runs.Parts(Runs.Plan(Runs.Steps), plant, null, _sink, _clock)).Run(stop.Token);
        Assert.That(
            (result.Verdict, plant.Stops.Count), Is.EqualTo((Verdict.Aborted, 1)), result.Reason);
    }

    [Test]
    public void A_plant_that_stops_itself_is_a_rig_error_with_its_reason()
    {
        var plant = new FakePlant(Runs.Joints, 0, _clock)
        {
            Initial = [0, 0],
            StopAfterWrites = 300,
        };
        RunResult result = Run(plant, null);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Verdict, Is.EqualTo(Verdict.RigError));
            Assert.That(result.Reason, Is.EqualTo("the rig stopped itself: servo 3 fell silent"));
            Assert.That(_sink.Records, Has.Count.EqualTo(300), "what was measured is kept");
            Assert.That(plant.Stops, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void A_lost_plant_is_a_rig_error()
    {
        var plant = new FakePlant(Runs.Joints, 0, _clock)
        {
            Initial = [0, 0],
            LostAfterWrites = 10,
        };
        Assert.That(Run(plant, null).Verdict, Is.EqualTo(Verdict.RigError));
    }

    [Test]
    public void A_joint_that_is_not_measured_at_arming_is_a_rig_error()
    {
        var plant = new FakePlant(Runs.Joints, 0, _clock) { GivesNaN = true };
        RunResult result = Run(plant, null);
        Assert.That(result.Verdict, Is.EqualTo(Verdict.RigError));
        Assert.That(result.Reason, Does.Contain("'a' was not measured"));
        Assert.That(plant.Stops, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_full_disk_ends_the_run_as_a_rig_error_in_the_safe_posture()
    {
        FakePlant plant = Plant();
        var sink = new MemorySink { FullAfter = 20 };
        RunResult result = new ScenarioRunner(
            Runs.Parts(Runs.Plan(Runs.Steps), plant, null, sink, _clock))
            .Run(CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            // The fake clock may run the loop to its end before the recorder's thread is scheduled.
            Assert.That(result.Verdict, Is.EqualTo(Verdict.RigError));
            Assert.That(result.Reason, Does.Contain("disk is full"));
            Assert.That(plant.Stops, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void An_unanswered_tick_counts_as_the_latency_it_caused()
    {
        var plant = new FakePlant(Runs.Joints, 0, _clock)
        {
            Initial = [0.5, 0],
            IsAnswered = sequence => sequence % 100 != 0,
        };
        RunResult result = Run(plant, null);
        LatencyFigure total = result.Latency[LatencyKeys.EndToEnd];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Loop!.UnansweredCount, Is.EqualTo(5));
            Assert.That(total.Count, Is.EqualTo(MeasuredTicks), "none is left out");

            // Planned to its own answer 1.7 ms; one period later 5.7 ms.
            Assert.That(total.MaxMicroseconds, Is.EqualTo(5700).Within(10));
        }
    }

    [Test]
    public void A_skipped_tick_counts_as_the_latency_it_caused()
    {
        int sleeps = 0;
        _clock.Oversleep = _ => ++sleeps == 300 ? 9_000_000 : 0;
        RunResult result = Run(Plant(), Twin());
        LatencyFigure wake = result.Latency[LatencyKeys.Wake];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.MissedTicks, Is.EqualTo(2));
            Assert.That(result.Loop!.TickCount, Is.EqualTo(MeasuredTicks - 2));
            Assert.That(wake.Count, Is.EqualTo(MeasuredTicks));
            Assert.That(wake.MaxMicroseconds, Is.EqualTo(9000).Within(20));
            Assert.That(
                result.Latency[LatencyKeys.EndToEnd].MaxMicroseconds,
                Is.EqualTo(9700).Within(20));
        }
    }
}
