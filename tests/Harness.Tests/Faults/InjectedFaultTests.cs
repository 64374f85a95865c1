using HilRig.Core.Telemetry;
using HilRig.Harness.Results;
using HilRig.Harness.Running;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Faults;

/// <summary>Each fault of the loop's own layers, from the scenario to the recording.</summary>
[CancelAfter(60_000)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class InjectedFaultTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly MemorySink _sink = new();
    private readonly FakePlant _plant;

    public InjectedFaultTests() =>
        _plant = new FakePlant(Runs.Joints, 0.02, _clock) { Initial = [0.1, -0.2] };

    public void Dispose()
    {
        _sink.Dispose();
        _plant.Dispose();
    }

    [Test]
    public void A_dead_sensor_shows_no_value_and_the_truth_is_recorded_beside_it()
    {
        RunResult result = Run("layer: sensor, target: a, type: off, for: 500 ms");
        TickRecord[] faulted = During(0.55, 0.95);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faulted.Select(one => one.FaultedJoints), Is.All.EqualTo(1UL));
            Assert.That(faulted.Select(one => one.Seen.Position[0]), Is.All.NaN);
            Assert.That(faulted.Select(one => one.Seen.FreshJoints & 1), Is.All.Zero);
            Assert.That(faulted.Select(one => one.Real.Position[0]), Is.All.Not.NaN);
            Assert.That(faulted.Select(one => one.Seen.Position[1]), Is.All.Not.NaN);
            Assert.That(During(1.1, 1.9).Select(one => one.FaultedJoints), Is.All.Zero);
            Assert.That(result.Loop!.AllocatedBytes, Is.Zero);
        }
    }

    [Test]
    public void Begin_and_end_are_stamped_and_told()
    {
        RunResult result = Run("layer: sensor, target: a, type: stuck, for: 500 ms");
        FaultReport fault = result.Faults.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault.BeganNanoseconds, Is.Not.Null);
            Assert.That(
                (fault.EndedNanoseconds - fault.BeganNanoseconds) / 1e9,
                Is.EqualTo(0.5).Within(0.01));
            Assert.That(_sink.Events, Does.Contain("fault: sensor a stuck begins"));
            Assert.That(_sink.Events, Does.Contain("fault: sensor a stuck ends"));
        }
    }

    [Test]
    public void A_stuck_sensor_shows_what_it_showed_first()
    {
        Run("layer: sensor, target: a, type: stuck");
        Assert.That(
            During(0.55, 1.9).Select(one => one.Seen.Position[0]).Distinct().Count(),
            Is.EqualTo(1));
    }

    [Test]
    public void A_wrong_sensor_is_off_by_its_offset()
    {
        Run("layer: sensor, target: b, type: wrong, offset: 0.25 rad");
        Assert.That(
            During(0.55, 1.9).Select(one => one.Seen.Position[1] - one.Real.Position[1]),
            Is.All.EqualTo(0.25).Within(1e-12));
    }

    [Test]
    public void A_delayed_sensor_shows_the_past()
    {
        Run("layer: sensor, target: a, type: delayed, by: 40 ms");
        TickRecord[] ticks = During(0.5, 1.9);
        Assert.That(
            ticks.Skip(10).Zip(ticks, (late, early) =>
                late.Seen.Position[0] - early.Real.Position[0]),
            Is.All.EqualTo(0).Within(1e-12));
    }

    [Test]
    public void Without_commands_nothing_is_written()
    {
        Run("layer: bridge, target: commands, type: off, for: 400 ms");
        Assert.That(_plant.WriteCount, Is.EqualTo(_sink.Records.Count - 100));
    }

    [Test]
    public void Seldom_lost_commands_are_the_same_ones_again_with_the_same_seed()
    {
        const string Fault =
            "layer: bridge, target: commands, type: intermittent, probability: 0.3";
        Run(Fault);
        bool[] first = [.. _sink.Records.Select(one => one.Answered)];
        _sink.Records.Clear();
        Run(Fault);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_sink.Records.Select(one => one.Answered), Is.EqualTo(first));
            Assert.That(first.Count(one => !one), Is.InRange(80, 180));
        }
    }

    [Test]
    public void A_garbled_stream_moves_no_goal_faster_than_the_limit()
    {
        RunResult result = Run("layer: operator, target: controller, type: garbage");
        double[] goals = [.. _sink.Records.Select(one => one.Command.Position[0])];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(goals, Is.All.Not.NaN);
            Assert.That(
                goals.Zip(goals.Skip(1), (a, b) => Math.Abs(b - a)).Max(),
                Is.LessThanOrEqualTo((5 / 250.0) + 1e-9));
            Assert.That(result.Loop!.ClippedCount, Is.GreaterThan(300));
        }
    }

    [Test]
    public void A_stream_that_ends_ends_the_measured_phase()
    {
        RunResult result = Run("layer: operator, target: controller, type: off");
        Assert.That(result.Loop!.TickCount, Is.EqualTo(125).Within(2));
    }

    [Test]
    public void A_wrong_gain_makes_the_twin_diverge()
    {
        using var twin = new FakePlant(Runs.Joints, 0.02, _clock);
        RunResult result = Run("layer: sim, target: twin, type: wrong, gain: 50 %", twin);
        Assert.That(
            result.Divergence["joint/a/position"].MaxAbs, Is.GreaterThan(0.1), result.Reason);
    }

    private RunResult Run(string fault, FakePlant? twin = null)
    {
        using FakePlant? spare = twin is null ? new FakePlant(Runs.Joints, 0.02, _clock) : null;
        return new ScenarioRunner(Runs.Parts(
            FaultReaderTests.Plan(fault), _plant, twin ?? spare, _sink, _clock))
            .Run(CancellationToken.None);
    }

    private TickRecord[] During(double from, double to) =>
    [
        .. _sink.Records.Where(one =>
            one.ElapsedNanoseconds >= from * 1e9 && one.ElapsedNanoseconds < to * 1e9),
    ];
}
