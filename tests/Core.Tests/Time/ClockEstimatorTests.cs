using HilRig.Core.Time;

namespace HilRig.Core.Tests.Time;

public sealed class ClockEstimatorTests
{
    private const long Period = 100_000_000;

    [Test]
    public void Nothing_is_stated_before_the_first_probe() =>
        Assert.That(new ClockEstimator().Estimate(), Is.Null);

    [Test]
    public void The_first_probe_bounds_the_offset_by_half_of_its_round_trip()
    {
        var peer = new SimulatedPeer(1);
        ClockProbe probe = peer.Ask(1_000);
        var estimator = new ClockEstimator();
        estimator.Add(probe);

        ClockEstimate estimate = estimator.Estimate()!;

        // Rates may differ by 1000 ppm: over one round trip that is a few hundred ns at most.
        Assert.That(estimate.UncertaintyNanoseconds, Is.InRange(
            probe.RoundTripNanoseconds / 2,
            (probe.RoundTripNanoseconds / 2) + (probe.RoundTripNanoseconds / 500)));
        AssertCovers(estimate, peer, probe.LocalReceived);
    }

    [Test]
    public void A_probe_that_contradicts_itself_is_not_used()
    {
        var estimator = new ClockEstimator();

        Assert.That(estimator.Add(new ClockProbe(100, 5_000, 4_000, 200)), Is.False);
        Assert.That(estimator.Add(new ClockProbe(200, 5_000, 5_001, 100)), Is.False);
        Assert.That(estimator.Add(new ClockProbe(100, 5_000, 9_000, 200)), Is.False);
        Assert.That(estimator.Estimate(), Is.Null);
    }

    [Test]
    public void A_skew_of_100_ppm_is_found_through_queues()
    {
        var peer = new SimulatedPeer(2) { SkewPartsPerMillion = 100 };
        var estimator = new ClockEstimator();
        long now = Run(estimator, peer, 0, 600);

        ClockEstimate estimate = estimator.Estimate()!;

        Assert.That(estimate.SkewPartsPerMillion, Is.EqualTo(100)
            .Within(estimate.SkewUncertaintyPartsPerMillion));
        Assert.That(estimate.SkewUncertaintyPartsPerMillion, Is.LessThan(5));
        AssertCovers(estimate, peer, now);
        Assert.That(estimate.UncertaintyNanoseconds, Is.LessThan(70_000));
        Assert.That(estimate.RestartCount, Is.Zero);
    }

    [Test]
    public void An_asymmetry_is_not_seen_but_bounded_by_half_the_round_trip()
    {
        var peer = new SimulatedPeer(3) { ThereNanoseconds = 300_000, BackNanoseconds = 20_000 };
        var estimator = new ClockEstimator();
        long now = Run(estimator, peer, 0, 600);

        ClockEstimate estimate = estimator.Estimate()!;

        long error = estimate.OffsetAt(now) - peer.TrueOffsetAt(now);
        Assert.That(error, Is.EqualTo(140_000).Within(30_000), "half of the asymmetry");
        AssertCovers(estimate, peer, now);

        // The quickest probe is up to 51 s old, and the rate may have wandered by 0.5 ppm since.
        Assert.That(estimate.UncertaintyNanoseconds, Is.LessThanOrEqualTo(
            (estimate.MinimumRoundTripNanoseconds / 2) + 25_600));
    }

    [Test]
    public void A_change_of_route_is_survived_and_the_better_bound_kept()
    {
        var peer = new SimulatedPeer(4) { SkewPartsPerMillion = -30 };
        var estimator = new ClockEstimator();
        long now = Run(estimator, peer, 0, 400);
        peer.ThereNanoseconds = 2_000_000;
        peer.BackNanoseconds = 400_000;

        for (int i = 0; i < 40; i++)
        {
            now = Run(estimator, peer, now, 20);
            ClockEstimate estimate = estimator.Estimate()!;
            AssertCovers(estimate, peer, now);
            Assert.That(estimate.RestartCount, Is.Zero);
            Assert.That(estimate.UncertaintyNanoseconds, Is.LessThan(1_300_000));
        }
    }

    [Test]
    public void A_clock_that_was_set_is_noticed_and_followed()
    {
        var peer = new SimulatedPeer(5);
        var estimator = new ClockEstimator();
        long now = Run(estimator, peer, 0, 300);
        peer.OffsetNanoseconds += 50_000_000;
        now = Run(estimator, peer, now, 20);

        ClockEstimate estimate = estimator.Estimate()!;

        Assert.That(estimate.RestartCount, Is.GreaterThan(0));
        AssertCovers(estimate, peer, now);
    }

    /// <summary>
    /// The stated bound is a promise, so no seed may break it: any offset, skew, asymmetry and
    /// queue, at any time of the window and a while after it.
    /// </summary>
    [Test]
    public void The_stated_uncertainty_covers_the_truth_for_every_seed()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var peer = new SimulatedPeer(seed)
            {
                OffsetNanoseconds = random.NextInt64(-1_000_000_000_000, 1_000_000_000_000),
                SkewPartsPerMillion = (random.NextDouble() * 400) - 200,
                ThereNanoseconds = random.Next(500, 1_000_000),
                BackNanoseconds = random.Next(500, 1_000_000),
                QueueThereNanoseconds = random.Next(1, 2_000_000),
                QueueBackNanoseconds = random.Next(1, 2_000_000),
            };
            var estimator = new ClockEstimator();
            long now = random.NextInt64(0, 1_000_000_000_000);
            for (int i = 0; i < 20; i++)
            {
                now = Run(estimator, peer, now, random.Next(1, 60));
                ClockEstimate estimate = estimator.Estimate()!;
                AssertCovers(estimate, peer, now);
                AssertCovers(estimate, peer, now + 10_000_000_000);
                AssertCovers(estimate, peer, now - 1_000_000_000);
                Assert.That(estimate.RestartCount, Is.Zero, $"seed {seed}");
            }
        }
    }

    [Test]
    public void A_rate_that_wanders_within_the_allowance_stays_covered()
    {
        var peer = new SimulatedPeer(6)
        {
            QueueThereNanoseconds = 5_000,
            QueueBackNanoseconds = 5_000,
        };
        var estimator = new ClockEstimator();
        long now = 0;
        for (int i = 0; i < 1500; i++)
        {
            // The rate swings by ±0.4 ppm about 20 ppm, within the ±0.5 ppm that are allowed.
            double rate = 20 + (0.4 * Math.Sin(i / 90.0));
            peer.OffsetNanoseconds += (long)(Period * rate * 1e-6);
            estimator.Add(peer.Ask(now));
            ClockEstimate estimate = estimator.Estimate()!;
            AssertCovers(estimate, peer, estimate.ReferenceNanoseconds);
            Assert.That(estimate.RestartCount, Is.Zero);
            now += Period;
        }
    }

    private static long Run(ClockEstimator estimator, SimulatedPeer peer, long from, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Assert.That(estimator.Add(peer.Ask(from)), Is.True);
            from += Period;
        }

        return from;
    }

    // One ns of each stamp is lost to rounding in the simulated peer itself.
    private static void AssertCovers(ClockEstimate estimate, SimulatedPeer peer, long when) =>
        Assert.That(
            Math.Abs(estimate.OffsetAt(when) - peer.TrueOffsetAt(when)),
            Is.LessThanOrEqualTo(estimate.UncertaintyAt(when) + 2),
            $"at {when}");
}
