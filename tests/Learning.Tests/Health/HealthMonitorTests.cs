using HilRig.Core.Episodes;
using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Tests.Replay;

namespace HilRig.Learning.Tests.Health;

public sealed class HealthMonitorTests
{
    private static readonly AgentOptions Soft = AgentPresets.Create(LearningAlgorithm.Ibrl, "cpu");

    [Test]
    public void Figures_are_those_of_the_last_learning_episodes()
    {
        var monitor = new HealthMonitor(Soft);
        monitor.Add(ReplayCases.Episode(
            10, EpisodeVerdict.Success, purpose: EpisodePurpose.Demonstration));
        monitor.Add(ReplayCases.Episode(5, EpisodeVerdict.Failure, purpose: EpisodePurpose.WarmUp));
        monitor.Add(Valued(2, EpisodeVerdict.Success, 0.5f, 0.2f));
        Episode mixed = Valued(4, EpisodeVerdict.Success, -0.75f, 0.2f);
        mixed.Proposers[0] = Proposer.Imitation;
        mixed.Proposers[1] = Proposer.Human;
        monitor.Add(mixed);
        monitor.Add(Valued(9, EpisodeVerdict.Failure, 0.5f, 0.2f));
        monitor.Add(Valued(9, EpisodeVerdict.Discarded, 7, 7));

        HealthFigures figures = monitor.Read(30, 10);
        Assert.Multiple(() =>
        {
            Assert.That(figures.Episodes, Is.EqualTo(3));
            Assert.That(figures.SuccessShare, Is.EqualTo(2 / 3.0));
            Assert.That(figures.SuccessSteps, Is.EqualTo(3));
            Assert.That(figures.EpisodesSinceSuccess, Is.EqualTo(1));
            Assert.That(figures.ReinforcementShare, Is.EqualTo(13 / 15.0));
            Assert.That(figures.ReinforcementShareOfSuccesses, Is.EqualTo(4 / 6.0));
            Assert.That(figures.HumanShare, Is.EqualTo(1 / 15.0));
            Assert.That(figures.ValueGap, Is.EqualTo(0.3).Within(1e-6));
            Assert.That(figures.ValueMagnitudeMax, Is.EqualTo(0.75));
            Assert.That(figures.DemonstrationShareOfReplay, Is.EqualTo(10 / 39.0));
            Assert.That(figures.UpdatesPerStep, Is.EqualTo(2));
            Assert.That(figures.Alarms, Is.Empty);
        });
    }

    [Test]
    public void No_success_for_long_raises_an_alarm_and_a_success_ends_it()
    {
        var monitor = new HealthMonitor(Soft);
        for (int i = 0; i < HealthMonitor.DryEpisodes - 1; i++)
        {
            monitor.Add(Valued(2, EpisodeVerdict.Failure, 0.5f, 0.2f));
        }

        Assert.That(monitor.Read(0, 10).Alarms, Is.Empty);
        monitor.Add(Valued(2, EpisodeVerdict.Failure, 0.5f, 0.2f));
        Assert.That(monitor.Read(0, 10).Alarms, Has.One.EqualTo("No success in 60 episodes."));
        monitor.Add(Valued(2, EpisodeVerdict.Success, 0.5f, 0.2f));
        Assert.That(monitor.Read(0, 10).Alarms, Is.Empty);
    }

    [Test]
    public void A_critic_above_every_return_raises_an_alarm()
    {
        var monitor = new HealthMonitor(Soft);
        monitor.Add(Valued(2, EpisodeVerdict.Success, 1.4f, 0.2f));
        Assert.That(monitor.Read(0, 10).Alarms, Is.Empty);
        monitor.Add(Valued(2, EpisodeVerdict.Success, 1.75f, 0.2f));
        Assert.That(monitor.Read(0, 10).Alarms, Has.One.Contains("A critic says 1.75"));
    }

    [Test]
    public void Critics_that_say_the_same_of_everything_raise_an_alarm_where_the_choice_is_soft()
    {
        Assert.That(Alarms(Soft, 0.5005f), Has.One.Contains("below 0.01/β = 0.00100"));
        Assert.That(Alarms(Soft with { Rule = SelectionRule.Greedy }, 0.5005f), Is.Empty);

        // The smallest median that a healthy run had.
        Assert.That(Alarms(Soft, 0.504f), Is.Empty);

        static IReadOnlyList<string> Alarms(AgentOptions options, float actor)
        {
            var monitor = new HealthMonitor(options);
            for (int i = 0; i < HealthMonitor.Window; i++)
            {
                monitor.Add(Valued(2, EpisodeVerdict.Success, actor, 0.5f));
            }

            return monitor.Read(0, 10).Alarms;
        }
    }

    private static Episode Valued(int steps, EpisodeVerdict verdict, float actor, float imitation)
    {
        Episode episode = ReplayCases.Episode(steps, verdict);
        Array.Fill(episode.ReinforcementValues, actor);
        Array.Fill(episode.ImitationValues, imitation);
        return episode;
    }
}
