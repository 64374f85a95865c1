using HilRig.Core.Joints;
using HilRig.Core.Time;
using HilRig.Harness.RealTime;

namespace HilRig.Harness.Tests.RealTime;

internal sealed class PhaseSequenceTests
{
    private const long Millisecond = 1_000_000;

    private static Tick At(long milliseconds) =>
        new(0, milliseconds * Millisecond, milliseconds * Millisecond, 4 * Millisecond, 0);

    private static PhaseSequence Make(double to = 0.1, bool moves = true, int repeats = 1) => new(
        new PhaseTimes(moves, 100 * Millisecond, 20 * Millisecond, 40 * Millisecond, repeats),
        [0],
        [to],
        [4]);

    private static List<(LoopPhase Phase, long Elapsed, int Repeat)> Walk(PhaseSequence phases)
    {
        var steps = new List<(LoopPhase, long, int)>();
        var command = new JointCommand(1);
        for (long t = 1000; phases.Phase != LoopPhase.Ended && t < 9000; t += 4)
        {
            if (t == 1000)
            {
                phases.Begin(At(t));
            }
            else
            {
                phases.Advance(At(t), command.Position);
            }

            if (phases.Phase != LoopPhase.Measure)
            {
                phases.Fill(At(t), command);
            }

            steps.Add((phases.Phase, phases.Elapsed(At(t)) / Millisecond, phases.Repeat));
        }

        return steps;
    }

    [Test]
    public void Phases_come_in_order_and_elapsed_counts_from_the_measured_one()
    {
        List<(LoopPhase Phase, long Elapsed, int Repeat)> steps = Walk(Make());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(steps[0], Is.EqualTo((LoopPhase.Approach, -120L, 0)));
            Assert.That(steps[25], Is.EqualTo((LoopPhase.Settle, -20L, 0)));
            Assert.That(steps[30], Is.EqualTo((LoopPhase.Measure, 0L, 0)));
            Assert.That(steps[39], Is.EqualTo((LoopPhase.Measure, 36L, 0)));
            Assert.That(steps[40], Is.EqualTo((LoopPhase.Return, 40L, 0)));
            Assert.That(steps[^1].Phase, Is.EqualTo(LoopPhase.Ended));
        }
    }

    [Test]
    public void Each_repeat_approaches_again()
    {
        List<(LoopPhase Phase, long Elapsed, int Repeat)> steps = Walk(Make(repeats: 2));
        Assert.That(
            steps.Where(step => step.Phase == LoopPhase.Measure && step.Elapsed == 0)
                .Select(step => step.Repeat),
            Is.EqualTo(new[] { 0, 1 }));
        Assert.That(steps[40], Is.EqualTo((LoopPhase.Approach, -120L, 1)));
    }

    [Test]
    public void A_recording_has_only_its_measured_phase() => Assert.That(
        Walk(Make(moves: false)).Select(step => step.Phase).Distinct(),
        Is.EqualTo(new[] { LoopPhase.Measure, LoopPhase.Ended }));

    [Test]
    public void A_long_way_stretches_the_ramp_to_half_the_velocity_limit()
    {
        PhaseSequence phases = Make(to: 2);
        var command = new JointCommand(1);
        double previous = 0;
        double fastest = 0;
        phases.Begin(At(0));
        for (long t = 0; phases.Phase == LoopPhase.Approach; t++)
        {
            phases.Advance(At(t), command.Position);
            phases.Fill(At(t), command);
            fastest = Math.Max(fastest, Math.Abs(command.Position[0] - previous) * 1000);
            previous = command.Position[0];
        }

        Assert.That(fastest, Is.EqualTo(2).Within(0.01));
        Assert.That(previous, Is.EqualTo(2).Within(1e-9));
    }
}
