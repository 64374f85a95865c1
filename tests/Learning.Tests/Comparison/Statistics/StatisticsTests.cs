using HilRig.Learning.Comparison.Statistics;

namespace HilRig.Learning.Tests.Comparison.Statistics;

/// <summary>
/// Figures that numpy gives for the same scores; its resamples were drawn with SplitMix64 written
/// again in Python.
/// </summary>
public sealed class StatisticsTests
{
    private static readonly double[][] Good =
        [[0.96, 0.93, 1.0, 0.9, 0.88], [0.84, 0.79, 0.7, 0.91, 0.6]];

    private static readonly double[][] Poor =
        [[0.8, 0.76, 0.93, 0.7, 0.9], [0.1, 0.3, 0.05, 0.6, 0.2]];

    [Test]
    public void The_interquartile_mean_leaves_out_whole_quarters()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                OrderStatistics.InterquartileMean(Good.SelectMany(runs => runs)),
                Is.EqualTo(0.875).Within(1e-12));
            Assert.That(
                OrderStatistics.InterquartileMean([0.7, 0.1, 0.2, 0.6, 0.3, 0.4, 0.5]),
                Is.EqualTo(0.4).Within(1e-12));
            Assert.That(OrderStatistics.InterquartileMean([0.3]), Is.EqualTo(0.3));
        });
    }

    [TestCase(0.025, 1.1)]
    [TestCase(0.5, 4)]
    [TestCase(0.9, 12.8)]
    [TestCase(1, 16)]
    public void A_quantile_is_linear_between_samples(double share, double expected) =>
        Assert.That(
            OrderStatistics.Quantile([1, 2, 4, 8, 16], share), Is.EqualTo(expected).Within(1e-12));

    [Test]
    public void A_median_of_runs_that_never_got_there_is_infinite()
    {
        const double Never = double.PositiveInfinity;
        Assert.Multiple(() =>
        {
            Assert.That(OrderStatistics.Median([4, 2, Never]), Is.EqualTo(4));
            Assert.That(OrderStatistics.Median([4, Never, Never]), Is.EqualTo(Never));
            Assert.That(OrderStatistics.Median([2, 4, Never, Never]), Is.EqualTo(Never));
            Assert.That(OrderStatistics.Median([2, 4]), Is.EqualTo(3));
        });
    }

    [Test]
    public void Bootstrap_intervals_are_those_of_numpy()
    {
        var bootstrap = new StratifiedBootstrap(1);
        Estimate mean = bootstrap.Of(
            Good, tasks => OrderStatistics.InterquartileMean(tasks.SelectMany(runs => runs)));
        Estimate improvement = bootstrap.Of(
            [Good, Poor], groups => Improvement.Of(groups[0], groups[1]));
        Assert.Multiple(() =>
        {
            Assert.That(mean.Value, Is.EqualTo(0.875).Within(1e-12));
            Assert.That(mean.Low, Is.EqualTo(0.8099583333333332).Within(1e-12));
            Assert.That(mean.High, Is.EqualTo(0.915).Within(1e-12));
            Assert.That(improvement.Value, Is.EqualTo(0.91).Within(1e-12));
            Assert.That(improvement.Low, Is.EqualTo(0.76).Within(1e-12));
            Assert.That(improvement.High, Is.EqualTo(1).Within(1e-12));
        });
    }

    [Test]
    public void A_task_with_a_single_run_leaves_no_interval()
    {
        Estimate one = new StratifiedBootstrap(1).Of([[0.5], [0.4, 0.6]], tasks => tasks[0][0]);
        Assert.That(one, Is.EqualTo(new Estimate(0.5, null, null)));
    }

    [Test]
    public void Ties_are_half_an_improvement_and_tasks_count_alike()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Improvement.Of([[0.5]], [[0.5]]), Is.EqualTo(0.5));
            Assert.That(
                Improvement.Of([[0.9, 0.9, 0.9, 0.9], [0.1]], [[0.5], [0.5]]), Is.EqualTo(0.5));
            Assert.That(
                Improvement.Of(Good, Poor) + Improvement.Of(Poor, Good),
                Is.EqualTo(1).Within(1e-12));
        });
    }
}
