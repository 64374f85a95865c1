using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.Health;

namespace HilRig.Harness.Tests.Episodes.Health;

internal sealed class HealthMonitorTests
{
    [Test]
    public void Figures_are_of_the_successes_and_values_of_all()
    {
        var monitor = new HealthMonitor(new HealthOptions());
        monitor.Observe(0, Make(EpisodeVerdict.Success, 4, Proposer.Reinforcement, 0.6f, 0.5f), 2);
        monitor.Observe(1, Make(EpisodeVerdict.Failure, 9, Proposer.Imitation, 0.2f, 0.5f), 2);
        monitor.Observe(2, Make(EpisodeVerdict.Discarded, 1, Proposer.Human, 0.2f, 0.5f), 2);
        HealthFigures figures = monitor.Read();
        Assert.That(figures.EpisodeCount, Is.EqualTo(2));
        Assert.That(figures.SuccessShare, Is.EqualTo(0.5));
        Assert.That(figures.SuccessSteps, Is.EqualTo(4));
        Assert.That(figures.ReinforcementShare, Is.EqualTo(1));
        Assert.That(figures.ValueGap, Is.EqualTo(0.3).Within(1e-6));
        Assert.That(figures.ValueMax, Is.EqualTo(0.6).Within(1e-6));
        Assert.That(figures.ResetsPerHour, Is.EqualTo(3600 / 10.0), "8 s of reset, 2 s of episode");
        Assert.That(figures.Alarms, Is.Empty);
    }

    [Test]
    public void A_row_of_failures_alarms_until_a_verdict_is_corrected()
    {
        var monitor = new HealthMonitor(new HealthOptions { NoSuccessEpisodes = 3 });
        for (int i = 0; i < 3; i++)
        {
            Assert.That(monitor.Read().Alarms, Is.Empty);
            monitor.Observe(
                i, Make(EpisodeVerdict.Failure, 5, Proposer.Imitation, float.NaN, float.NaN), 1);
        }

        Assert.That(monitor.Read().Alarms, Has.Some.EqualTo("no success in 3 episodes"));
        monitor.Amend(1, EpisodeVerdict.Success);
        Assert.That(monitor.Read().Alarms, Is.Empty);
        monitor.Amend(1, EpisodeVerdict.Failure);
        Assert.That(monitor.Read().Alarms, Has.Some.EqualTo("no success in 3 episodes"));
    }

    [TestCase(1.7f, 0.5f, Proposer.Reinforcement, "a critic says 1.70")]
    [TestCase(0.51f, 0.5f, Proposer.Reinforcement, "near a coin's")]
    [TestCase(0.9f, 0.5f, Proposer.Human, "a person made 1.00")]
    public void Alarms_are_sentences(float own, float imitation, Proposer proposer, string part)
    {
        var monitor = new HealthMonitor(new HealthOptions { ValueGapMin = 0.1 });
        monitor.Observe(0, Make(EpisodeVerdict.Success, 4, proposer, own, imitation), 1);
        Assert.That(monitor.Read().Alarms, Has.Exactly(1).Contains(part));
    }

    private static Episode Make(
        EpisodeVerdict verdict, int steps, Proposer proposer, float own, float imitation) => new()
        {
            Task = "Touch",
            Purpose = EpisodePurpose.Training,
            StartIndex = 0,
            StartSeed = 0,
            Observations = new float[steps + 1],
            Actions = new float[steps],
            Proposers = [.. Enumerable.Repeat(proposer, steps)],
            ReinforcementValues = [.. Enumerable.Repeat(own, steps)],
            ImitationValues = [.. Enumerable.Repeat(imitation, steps)],
            Flags = new StepFlags[steps],
            End = EpisodeEnd.Operator,
            Verdict = verdict,
            Reset = new ResetFigures(8, 5, 0),
        };
}
