using CsCheck;
using HilRig.Core.Joints;
using HilRig.Harness.Stimuli;

namespace HilRig.Harness.Tests.Stimuli;

internal sealed class JointProgramTests
{
    private static readonly JointLimits Limits = new(-3, 3, 2, 1);

    private static StimulusSegment At(double? at, IStimulus stimulus) =>
        new(at, stimulus, null, "x");

    [Test]
    public void A_step_slews_at_the_velocity_limit()
    {
        var program = new JointProgram([At(1, new StepStimulus(0.5, null))], 0.1, Limits);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(program.Evaluate(0.999), Is.EqualTo(0.1));
            Assert.That(program.Evaluate(1.1), Is.EqualTo(0.3).Within(1e-12));
            Assert.That(program.Evaluate(1.2), Is.EqualTo(0.5).Within(1e-12));
            Assert.That(program.Evaluate(9), Is.EqualTo(0.5));
            Assert.That(program.EndSeconds, Is.EqualTo(1.2).Within(1e-12));
        }
    }

    [Test]
    public void A_step_without_any_limit_is_a_jump()
    {
        var limits = new JointLimits(-3, 3, double.PositiveInfinity, 1);
        var program = new JointProgram([At(1, new StepStimulus(0.5, null))], 0, limits);
        Assert.That(
            (program.Evaluate(0.999), program.Evaluate(1), program.EndSeconds),
            Is.EqualTo((0.0, 0.5, 1.0)));
    }

    [Test]
    public void A_sine_of_whole_cycles_ends_where_it_began()
    {
        var program = new JointProgram([At(0, new SineStimulus(0.3, 0.5, 4))], 0.2, Limits);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(program.Evaluate(0.5), Is.EqualTo(0.5).Within(1e-12));
            Assert.That(program.Evaluate(1.5), Is.EqualTo(-0.1).Within(1e-12));
            Assert.That(program.Evaluate(4), Is.EqualTo(0.2).Within(1e-12));
            Assert.That(program.Evaluate(7), Is.EqualTo(0.2).Within(1e-12));
        }
    }

    [Test]
    public void A_chirp_has_its_mean_frequency_in_cycles()
    {
        // (1 + 3)/2 Hz over 2 s: four cycles, so it ends where it began.
        var program = new JointProgram([At(0, new ChirpStimulus(0.3, 1, 3, 2))], 0, Limits);
        int crossings = 0;
        for (int i = 1; i < 2000; i++)
        {
            bool was = program.Evaluate((i - 1) * 1e-3) >= 0;
            bool now = program.Evaluate(i * 1e-3) >= 0;
            crossings += was != now ? 1 : 0;
        }

        Assert.That(program.Evaluate(2), Is.Zero.Within(1e-9));
        Assert.That(crossings, Is.EqualTo(7));
    }

    [Test]
    public void A_segment_without_a_start_follows_the_one_before()
    {
        var program = new JointProgram(
            [
                At(0.5, new RampStimulus(1, 1)),
                At(null, new HoldStimulus(1)),
                At(null, new RampStimulus(0, 2)),
            ],
            0,
            Limits);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(program.Evaluate(2), Is.EqualTo(1));
            Assert.That(program.Evaluate(3.5), Is.EqualTo(0.5).Within(1e-12));
            Assert.That(program.EndSeconds, Is.EqualTo(4.5).Within(1e-12));
        }
    }

    [Test]
    public void A_segment_that_cuts_another_short_begins_where_that_one_was()
    {
        var program = new JointProgram(
            [At(0, new RampStimulus(1, 2)), At(1, new RampStimulus(0, 1))], 0, Limits);
        Assert.That(program.Evaluate(1), Is.EqualTo(0.5).Within(1e-12));
        Assert.That(program.Evaluate(2), Is.Zero.Within(1e-12));
    }

    [Test]
    public void No_program_of_steps_and_ramps_within_the_limits_jumps() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[0.5, 2])
            .List[1, 6]
            .Sample(parts =>
            {
                var program = new JointProgram(
                    [.. parts.Select(part => At(null, part.Item2 > 1
                        ? new StepStimulus(part.Item1, null)
                        : new RampStimulus(part.Item1, 2 * part.Item2)))],
                    0,
                    Limits);
                double previous = 0;
                for (double t = 0; t < program.EndSeconds + 0.1; t += 0.004)
                {
                    double goal = program.Evaluate(t);
                    if (Math.Abs(goal - previous) > 2 * 0.004 + 1e-9)
                    {
                        return false;
                    }

                    previous = goal;
                }

                return Math.Abs(previous - parts[^1].Item1) < 1e-9;
            });
}
