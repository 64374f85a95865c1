using HilRig.Tasks.Starts;

namespace HilRig.Tasks.Tests.Starts;

public sealed class StratifiedStartsTests
{
    private static readonly TaskChannel[] Channels =
        [new("a", "m", 0, 1), new("b", "m", 5, 2), new("c", "rad", -1, 0.5)];

    [TestCase(0, 16)]
    [TestCase(48, 16)]
    [TestCase(1024, 256)]
    public void Each_aligned_run_covers_every_range_evenly(long first, int count)
    {
        for (int channel = 0; channel < Channels.Length; channel++)
        {
            IEnumerable<int> parts = Enumerable.Range(0, count)
                .Select(k => Unit(Draw(7, first + k), channel))
                .Select(unit => (int)(unit * count));
            Assert.That(parts, Is.EquivalentTo(Enumerable.Range(0, count)));
        }
    }

    [Test]
    public void Numbers_of_a_start_do_not_follow_each_other()
    {
        double sum = 0;
        for (int k = 0; k < 1024; k++)
        {
            double[] start = Draw(7, k);
            sum += (Unit(start, 0) - 0.5) * (Unit(start, 1) - 0.5);
        }

        // Of 1024 independent pairs the standard deviation of the correlation is 0.03.
        Assert.That(12 * sum / 1024, Is.EqualTo(0).Within(0.1));
    }

    [Test]
    public void A_seed_gives_the_same_list_and_another_seed_another()
    {
        double[] first = Draw(7, 3);
        double[] again = Draw(7, 3);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(Draw(8, 3), Is.Not.EqualTo(first));
    }

    private static double Unit(double[] start, int channel) =>
        (((start[channel] - Channels[channel].Offset) / Channels[channel].Scale) + 1) / 2;

    private static double[] Draw(ulong seed, long index)
    {
        double[] start = new double[Channels.Length];
        StratifiedStarts.Draw(seed, index, Channels, start);
        return start;
    }
}
