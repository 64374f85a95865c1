using HilRig.Bridge.Host;

namespace HilRig.Bridge.Tests.Host;

public sealed class AgeHistogramTests
{
    [Test]
    public void Figures_are_within_a_bucket_of_the_truth_and_never_below_it()
    {
        var histogram = new AgeHistogram();
        for (int i = 1; i <= 1000; i++)
        {
            histogram.Record(i * 10_000);
        }

        AgeFigures figures = histogram.Figures();
        Assert.That(figures.Count, Is.EqualTo(1000));
        Assert.That(figures.MaxNanoseconds, Is.EqualTo(10_000_000));
        Assert.That(figures.P50Nanoseconds, Is.InRange(5_000_000, 5_000_000 * 1.13));
        Assert.That(figures.P99Nanoseconds, Is.InRange(9_900_000, 9_900_000 * 1.13));
    }

    [Test]
    public void Any_age_has_a_bucket_and_recording_allocates_nothing()
    {
        var histogram = new AgeHistogram();
        histogram.Record(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        histogram.Record(long.MinValue);
        histogram.Record(long.MaxValue);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        Assert.That(histogram.Figures().Count, Is.EqualTo(3));
        Assert.That(new AgeHistogram().Figures(), Is.EqualTo(default(AgeFigures)));
    }
}
