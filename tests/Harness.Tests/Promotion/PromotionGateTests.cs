using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Harness.Promotion;

namespace HilRig.Harness.Tests.Promotion;

internal sealed class PromotionGateTests
{
    private const int Runs = 10_000;

    [TestCase(0.05, 0.5, 0.5)]
    [TestCase(0.05, 0.9, 0.9)]
    [TestCase(0.2, 0.5, 0.5)]
    [TestCase(0.2, 0.3, 0.3)]
    [TestCase(0.05, 0.8, 0.9)]
    public void A_candidate_that_is_no_better_is_promoted_at_most_as_often_as_stated(
        double rate, double candidate, double deployed)
    {
        var options = new PromotionOptions { FalsePromotionRate = rate, PairMax = 300 };
        (int promoted, double pairs) = Simulate(options, candidate, deployed);
        TestContext.Out.WriteLine(
            $"α {rate}: {promoted} of {Runs} promoted, {pairs:0.0} pairs on average");

        // The bound is exact, so no slack is added for the luck of the draw: the seed is fixed.
        Assert.That(promoted, Is.LessThanOrEqualTo(rate * Runs));
    }

    [TestCase(0.9, 0.57, 0.8)]
    [TestCase(0.95, 0.5, 0.9)]
    public void A_candidate_that_is_much_better_is_promoted(
        double candidate, double deployed, double power)
    {
        (int promoted, double pairs) = Simulate(new PromotionOptions(), candidate, deployed);
        TestContext.Out.WriteLine(
            $"{candidate} against {deployed}: {promoted} of {Runs}, {pairs:0.0} pairs on average");
        Assert.That(promoted, Is.GreaterThan(power * Runs));
    }

    [Test]
    public void A_candidate_that_wins_the_stated_share_is_given_up_at_most_as_often_as_stated()
    {
        var options = new PromotionOptions { MissRate = 0.1, PairMax = 100_000 };
        int kept = 0;
        var random = new CounterRandom(5, 1);
        ulong draw = 0;
        for (int run = 0; run < Runs; run++)
        {
            var gate = new PromotionGate(options);
            for (long start = 0; gate.Decision == GateDecision.Undecided; start++)
            {
                bool wins = random.Unit(draw++) < options.WinShare;
                gate.Observe(start, wins, !wins);
            }

            kept += gate.Decision == GateDecision.Keep ? 1 : 0;
        }

        TestContext.Out.WriteLine($"{kept} of {Runs} given up");
        Assert.That(kept, Is.LessThanOrEqualTo(0.1 * Runs));
    }

    [Test]
    public void Seven_wins_promote_at_the_defaults_and_six_do_not()
    {
        var gate = new PromotionGate(new PromotionOptions());
        for (long start = 0; start < 6; start++)
        {
            Assert.That(gate.Observe(start, true, false), Is.EqualTo(GateDecision.Undecided));
        }

        Assert.That(gate.Observe(6, true, false), Is.EqualTo(GateDecision.Promote));
        Assert.That(gate.Observe(7, false, true), Is.EqualTo(GateDecision.Promote), "decided");
        Assert.That(gate.WinCount, Is.EqualTo(7));
    }

    [Test]
    public void Pairs_with_the_same_outcome_say_nothing_and_in_the_end_nothing_changes()
    {
        var gate = new PromotionGate(new PromotionOptions { PairMax = 20 });
        for (long start = 0; start < 19; start++)
        {
            bool isGood = start % 2 == 0;
            Assert.That(gate.Observe(start, isGood, isGood), Is.EqualTo(GateDecision.Undecided));
        }

        Assert.That(gate.Evidence, Is.EqualTo(1));
        Assert.That(gate.Observe(19, true, true), Is.EqualTo(GateDecision.Keep));
    }

    [Test]
    public void A_start_is_paired_once()
    {
        var gate = new PromotionGate(new PromotionOptions());
        gate.Observe(3, true, false);
        Assert.That(() => gate.Observe(3, true, false), Throws.InvalidOperationException);
    }

    [TestCase(0, 0.1, 0.8, 100)]
    [TestCase(0.05, 1, 0.8, 100)]
    [TestCase(0.05, 0.1, 0.5, 100)]
    [TestCase(0.05, 0.1, 0.8, 0)]
    public void Options_out_of_range_are_refused(
        double alpha, double beta, double share, int pairs) =>
        Assert.That(
            () => new PromotionGate(new PromotionOptions
            {
                FalsePromotionRate = alpha,
                MissRate = beta,
                WinShare = share,
                PairMax = pairs,
            }),
            Throws.TypeOf<ScenarioException>());

    private static (int Promoted, double Pairs) Simulate(
        PromotionOptions options, double candidate, double deployed)
    {
        int promoted = 0;
        long pairs = 0;
        var random = new CounterRandom(17, 3);
        ulong draw = 0;
        for (int run = 0; run < Runs; run++)
        {
            var gate = new PromotionGate(options);
            for (long start = 0; gate.Decision == GateDecision.Undecided; start++)
            {
                bool isGood = random.Unit(draw++) < candidate;
                bool wasGood = random.Unit(draw++) < deployed;
                gate.Observe(start, isGood, wasGood);
            }

            promoted += gate.Decision == GateDecision.Promote ? 1 : 0;
            pairs += gate.PairCount;
        }

        return (promoted, (double)pairs / Runs);
    }
}
