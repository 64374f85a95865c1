using HilRig.Core.Units;
using HilRig.Harness.Measurements;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Tests.Measurements;

internal sealed class BandCheckTests
{
    private static BandFigure Check(
        Func<double, double> real,
        Func<double, double> twin,
        double absolute = 0,
        double relative = 0,
        double leading = 0,
        double lagging = 0)
    {
        double[] times = [.. Enumerable.Range(0, 500).Select(i => i * 0.004)];
        var pair = new SignalPair(
            SampledSignal.From(times, [.. times.Select(real)]),
            SampledSignal.From(times, [.. times.Select(twin)]));
        return BandCheck.Check(
            [pair],
            new BandBudget("s", absolute, Dimension.Angle, relative, leading, lagging, 0, "x"));
    }

    private static double Step(double t) => t < 1 ? 0 : 1;

    [Test]
    public void A_step_that_lags_is_inside_a_lagging_band_only()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                Check(t => Step(t - 0.05), Step, 0.01, lagging: 0.06).OutsideCount, Is.Zero);
            Assert.That(
                Check(t => Step(t - 0.05), Step, 0.01, leading: 0.06).OutsideCount, Is.Positive);
            Assert.That(
                Check(t => Step(t + 0.05), Step, 0.01, leading: 0.06).OutsideCount, Is.Zero);
            Assert.That(
                Check(t => Step(t + 0.05), Step, 0.01, lagging: 0.06).OutsideCount, Is.Positive);
        }
    }

    [Test]
    public void A_relative_tolerance_grows_with_the_twin()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Check(_ => 2.09, _ => 2, relative: 0.05).OutsideCount, Is.Zero);
            Assert.That(Check(_ => 2.11, _ => 2, relative: 0.05).OutsideCount, Is.EqualTo(500));
            Assert.That(
                Check(_ => 2.15, _ => 2, absolute: 0.06, relative: 0.05).OutsideCount, Is.Zero);
        }
    }

    [Test]
    public void Onset_and_excess_of_a_drift_are_found()
    {
        BandFigure band = Check(t => 0.1 * t, _ => 0, 0.1);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(band.OnsetSeconds, Is.EqualTo(1.004).Within(0.004));
            Assert.That(band.MaxExcess, Is.EqualTo(0.1 * 499 * 0.004 - 0.1).Within(1e-9));
        }
    }

    [Test]
    public void Inside_there_is_no_onset() => Assert.That(
        Check(Step, Step, 0.01).OnsetSeconds, Is.Null);
}
