using HilRig.Core.Sampling;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Tests.Agents;

public sealed class AgentNoiseTests
{
    private const int Count = 100_003;

    [TestCase(0.5)]
    [TestCase(0.1)]
    public void A_mask_drops_at_its_rate_and_keeps_the_mean(double rate)
    {
        float[] mask = new float[Count];
        Make().FillMask(mask, rate);
        Assert.That(mask.Count(value => value == 0) / (double)Count, Is.EqualTo(rate).Within(0.01));
        Assert.That(
            mask.Where(value => value != 0), Is.All.EqualTo((float)(1 / (1 - rate))));
    }

    [Test]
    public void A_mask_is_sixteen_bits_a_number_in_order()
    {
        float[] mask = new float[77];
        Make().FillMask(mask, 0.25);
        var random = new CounterRandom(3, 5);
        float[] expected =
        [
            .. Enumerable.Range(0, mask.Length).Select(i =>
                ((random.Bits((ulong)(i / 4)) >> (16 * (i % 4))) & 0xFFFF) < 16384
                    ? 0
                    : (float)(1 / 0.75)),
        ];
        Assert.That(mask, Is.EqualTo(expected));
    }

    [Test]
    public void Normal_numbers_have_their_moments_and_their_limit()
    {
        float[] values = new float[Count];
        Make().FillNormal(values, 0.1, double.PositiveInfinity);
        Assert.That(values.Average(), Is.Zero.Within(0.002));
        Assert.That(values.Average(value => value * value), Is.EqualTo(0.01).Within(0.0003));
        Assert.That(
            values.Count(value => Math.Abs(value) < 0.1) / (double)Count,
            Is.EqualTo(0.6827).Within(0.01));
        Make().FillNormal(values, 0.1, 0.3);
        Assert.That(values.Max(), Is.EqualTo(0.3f));
    }

    [Test]
    public void A_subset_is_distinct_and_every_pair_is_as_likely()
    {
        AgentNoise noise = Make();
        var seen = new Dictionary<(int, int), int>();
        int[] pair = new int[2];
        for (int i = 0; i < 20_000; i++)
        {
            noise.FillSubset(pair, 5);
            (int, int) key = (pair[0], pair[1]);
            seen[key] = seen.GetValueOrDefault(key) + 1;
        }

        Assert.That(seen.Keys.Where(key => key.Item1 == key.Item2), Is.Empty);
        Assert.That(seen, Has.Count.EqualTo(20));
        Assert.That(seen.Values, Is.All.EqualTo(1000).Within(150));
    }

    [Test]
    public void Many_draws_at_once_are_the_single_draws()
    {
        var random = new CounterRandom(9, 2);
        ulong[] many = new ulong[37];
        random.FillBits(12345, many);
        ulong[] single =
            [.. Enumerable.Range(0, many.Length).Select(i => random.Bits(12345 + (ulong)i))];
        Assert.That(many, Is.EqualTo(single));
    }

    private static AgentNoise Make()
    {
        var noise = new AgentNoise(3, new ulong[2]);
        noise.Begin(5);
        return noise;
    }
}
