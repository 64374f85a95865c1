using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Training;

public sealed class WilsonIntervalTests
{
    // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
    [TestCase(81, 263, 0.2553, 0.3662)]
    [TestCase(15, 148, 0.0624, 0.1605)]
    [TestCase(0, 20, 0.0000, 0.1611)]
    [TestCase(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_that_of_the_literature(
        int successes, int count, double low, double high)
    {
        double[] interval = WilsonInterval.Of(successes, count);
        Assert.That(interval[0], Is.EqualTo(low).Within(5e-5));
        Assert.That(interval[1], Is.EqualTo(high).Within(5e-5));
    }
}
