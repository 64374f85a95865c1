using HilRig.Learning.Comparison.Statistics;
using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Comparison.Statistics;

public sealed class CurveFiguresTests
{
    [Test]
    public void The_area_is_the_mean_over_steps_by_trapezoids()
    {
        CurvePoint[] curve =
            [Point(0, 0.5), Point(2000, 0.7), Point(4000, 0.9), Point(10_000, 1)];
        Assert.Multiple(() =>
        {
            Assert.That(CurveFigures.Area(curve), Is.EqualTo(0.85).Within(1e-12));
            Assert.That(CurveFigures.Area(curve[..1]), Is.Null);
        });
    }

    [Test]
    public void A_lucky_point_is_a_first_but_no_smoothed_one()
    {
        CurvePoint[] curve = Curve(0.5, 0.92, 0.7, 0.8, 0.91, 0.95);
        Assert.Multiple(() =>
        {
            Assert.That(CurveFigures.FirstAt(curve, 0.9), Is.EqualTo(2000));
            Assert.That(CurveFigures.FirstSmoothedAt(curve, 0.9), Is.EqualTo(8000));
            Assert.That(CurveFigures.FirstAt(curve, 0.96), Is.Null);
            Assert.That(CurveFigures.FirstSmoothedAt(Curve(0.5, 0.8, 0.95), 0.9), Is.Null);
        });
    }

    [TestCase(new[] { 0.5, 0.6, 0.7 }, 0)]
    [TestCase(new[] { 0.5, 0.4, 0.7 }, 2000)]
    [TestCase(new[] { 0.5, 0.4, 0.4, 0.6, 0.3, 0.6 }, 4000)]
    [TestCase(new[] { 0.5, 0.6, 0.4, 0.4 }, 2000)]
    public void A_dip_lasts_from_the_first_point_below_the_imitation_to_the_first_back_up(
        double[] success, long steps) =>
        Assert.That(CurveFigures.LongestDip(Curve(success)), Is.EqualTo(steps));

    private static CurvePoint[] Curve(params double[] success) =>
        [.. success.Select((share, k) => Point(2000 * k, share))];

    private static CurvePoint Point(long steps, double success) => new()
    {
        Steps = steps,
        Success = success,
        Starts = 100,
        SuccessSteps = null,
        CriticUpdates = 0,
        CpuSeconds = 0,
        WallSeconds = 0,
    };
}
