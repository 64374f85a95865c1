using CsCheck;
using HilRig.Harness.Measurements;
using HilRig.Harness.Results;

namespace HilRig.Harness.Tests.Measurements;

internal sealed class DivergenceMeterTests
{
    private const double Rate = 250;
    private const int Count = 1500;

    // Real samples fall between the twin's, as on a bus.
    private const double SampleLag = 0.0013;

    private static double Motion(double t) =>
        0.5 * Math.Sin(2 * Math.PI * 0.7 * t) + 0.2 * Math.Sin(2 * Math.PI * 1.9 * t + 1);

    private static SignalPair Pair(
        Func<double, double> real, Func<double, double> twin, double lag = SampleLag)
    {
        double[] twinTimes = [.. Enumerable.Range(0, Count).Select(i => i / Rate)];
        double[] realTimes = [.. twinTimes.Select(t => t + lag)];
        return new SignalPair(
            SampledSignal.From(realTimes, [.. realTimes.Select(real)]),
            SampledSignal.From(twinTimes, [.. twinTimes.Select(twin)]));
    }

    private static DivergenceFigure Measure(params SignalPair[] pairs) =>
        new DivergenceMeter(1).Measure(pairs, "rad");

    [Test]
    public void Offset_gain_and_delay_of_a_shifted_signal_are_found() =>
        Gen.Select(Gen.Double[-0.2, 0.2], Gen.Double[0.6, 1.4], Gen.Double[-0.1, 0.15])
            .Sample(
                (offset, gain, delay) =>
                {
                    DivergenceFigure figure = Measure(
                        Pair(t => offset + gain * Motion(t - delay), Motion));
                    return Math.Abs(figure.Offset!.Value - offset) < 1e-3
                        && Math.Abs(figure.Gain!.Value - gain) < 2e-3
                        && Math.Abs(figure.DelayMilliseconds!.Value - delay * 1e3) < 0.1
                        && figure.ResidualRmse < 1e-3;
                },
                iter: 20);

    [Test]
    public void Intervals_hold_the_truth_under_noise_and_are_not_empty()
    {
        var noise = new Random(5);
        DivergenceFigure figure = Measure(Pair(
            t => 0.05 + 0.9 * Motion(t - 0.02) + 0.02 * (noise.NextDouble() - 0.5), Motion));
        using (Assert.EnterMultipleScope())
        {
            AssertHolds(figure.OffsetInterval, 0.05, 0.01);
            AssertHolds(figure.GainInterval, 0.9, 0.02);
            AssertHolds(figure.DelayIntervalMilliseconds, 20, 2);
            AssertHolds(figure.ResidualRmseInterval, 0.02 / Math.Sqrt(12), 0.001);
            AssertHolds(figure.RmseInterval, figure.Rmse!.Value, 0.1);
        }
    }

    [Test]
    public void The_interval_of_the_raw_error_sees_the_edges_too()
    {
        // All of the error lies within the first 0.2 s, which no delay can be tried on.
        var noise = new Random(7);
        DivergenceFigure figure = Measure(
            Pair(t => Motion(t) + (t < 0.2 ? 0.3 : 0) + 1e-3 * noise.NextDouble(), Motion),
            Pair(t => Motion(t) + (t < 0.2 ? 0.3 : 0) + 1e-3 * noise.NextDouble(), Motion));
        Interval interval = figure.RmseInterval!.Value;
        Assert.That(figure.Rmse, Is.InRange(interval.Low, interval.High));
        Assert.That(figure.ResidualRmse, Is.LessThan(1e-2), "the parts look at the inside");
    }

    [Test]
    public void The_same_seed_gives_the_same_intervals()
    {
        SignalPair pair = Pair(t => Motion(t - 0.01), Motion);
        DivergenceFigure once = Measure(pair);
        DivergenceFigure again = Measure(pair);
        Assert.That(again, Is.EqualTo(once));
    }

    [Test]
    public void A_constant_difference_is_all_offset()
    {
        DivergenceFigure figure = Measure(Pair(t => Motion(t) + 0.1, Motion));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figure.Rmse, Is.EqualTo(0.1).Within(1e-4));
            Assert.That(figure.Mae, Is.EqualTo(0.1).Within(1e-4));
            Assert.That(figure.MaxAbs, Is.EqualTo(0.1).Within(1e-3));
            Assert.That(figure.ResidualRmse, Is.LessThan(1e-4));
        }
    }

    [Test]
    public void Of_the_delays_of_a_periodic_signal_the_smallest_is_taken()
    {
        // Period 0.2 s: 0.19 s behind is 0.01 s ahead, and half a period is not a negative gain.
        DivergenceFigure figure = Measure(Pair(
            t => 0.3 * Math.Sin(2 * Math.PI * 5 * (t - 0.01)),
            t => 0.3 * Math.Sin(2 * Math.PI * 5 * t)));
        Assert.That(figure.DelayMilliseconds, Is.EqualTo(10).Within(0.2));
        Assert.That(figure.Gain, Is.EqualTo(1).Within(0.01));
    }

    [Test]
    public void A_twin_that_stands_still_has_no_gain_and_no_delay()
    {
        DivergenceFigure figure = Measure(Pair(_ => 0.11, _ => 0.1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figure.Gain, Is.Null);
            Assert.That(figure.DelayMilliseconds, Is.Null);
            Assert.That(figure.Offset, Is.EqualTo(0.01).Within(1e-9));
        }
    }

    [Test]
    public void No_samples_give_null_figures()
    {
        DivergenceFigure figure = Measure(Pair(_ => double.NaN, Motion));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figure.Rmse, Is.Null);
            Assert.That(figure.Gain, Is.Null);
            Assert.That(figure.SampleCount, Is.Zero);
        }
    }

    [Test]
    public void The_noise_floor_is_the_difference_between_repeats()
    {
        DivergenceFigure figure = Measure(
            Pair(t => Motion(t) + 0.02, Motion), Pair(t => Motion(t) - 0.01, Motion));
        Assert.That(figure.NoiseFloorRmse, Is.EqualTo(0.03).Within(1e-6));
    }

    [Test]
    public void Samples_without_a_value_are_left_out()
    {
        DivergenceFigure figure = Measure(Pair(
            t => t is > 1 and < 2 ? double.NaN : Motion(t) + 0.1, Motion));
        Assert.That(figure.Rmse, Is.EqualTo(0.1).Within(1e-4));
        Assert.That(figure.SampleCount, Is.EqualTo(Count - 250 - 1).Within(1));
    }

    private static void AssertHolds(Interval? interval, double truth, double widthMax)
    {
        Assert.That(interval, Is.Not.Null);
        double slack = 0.1 * (interval!.Value.High - interval.Value.Low);
        Assert.That(truth, Is.InRange(interval.Value.Low - slack, interval.Value.High + slack));
        double width = interval.Value.High - interval.Value.Low;
        Assert.That(width, Is.GreaterThan(0).And.LessThan(widthMax));
    }
}
