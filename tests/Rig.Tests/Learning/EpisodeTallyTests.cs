using HilRig.Core.Episodes;
using HilRig.Rig.Learning;

namespace HilRig.Rig.Tests.Learning;

public sealed class EpisodeTallyTests
{
    [Test]
    public void A_discarded_episode_counts_for_nothing_but_its_start_is_not_tried_again()
    {
        var tally = new EpisodeTally();
        tally.Add(0, Some(EpisodePurpose.WarmUp, 0, EpisodeVerdict.Success));
        tally.Add(1, Some(EpisodePurpose.WarmUp, 1, EpisodeVerdict.Discarded));
        Assert.That(tally.Counted(EpisodePurpose.WarmUp).Count(), Is.EqualTo(1));
        Assert.That(tally.LearningSteps, Is.EqualTo(2));
        Assert.That(tally.NextStart(EpisodePurpose.WarmUp), Is.EqualTo(2));
        Assert.That(tally.NextStart(EpisodePurpose.Training), Is.Zero);
    }

    [Test]
    public void A_later_verdict_changes_what_is_done()
    {
        var tally = new EpisodeTally();
        tally.Add(4, Some(EpisodePurpose.Demonstration, 0, EpisodeVerdict.Failure));
        Assert.That(tally.Counted(EpisodePurpose.Demonstration).Single().IsSuccess, Is.False);
        tally.Amend(4, EpisodeVerdict.Success);
        Assert.That(tally.Counted(EpisodePurpose.Demonstration).Single().IsSuccess, Is.True);
        tally.Amend(4, EpisodeVerdict.Discarded);
        Assert.That(tally.Counted(EpisodePurpose.Demonstration), Is.Empty);
    }

    [Test]
    public void A_start_that_was_left_out_is_passed()
    {
        var tally = new EpisodeTally();
        tally.Pass(EpisodePurpose.Training, 0);
        Assert.That(tally.NextStart(EpisodePurpose.Training), Is.EqualTo(1));
    }

    private static Episode Some(EpisodePurpose purpose, long start, EpisodeVerdict verdict) => new()
    {
        Task = "PegInsert3",
        Purpose = purpose,
        StartIndex = start,
        StartSeed = 1,
        Observations = new float[3],
        Actions = new float[2],
        Proposers = [Proposer.Imitation, Proposer.Reinforcement],
        ReinforcementValues = new float[2],
        ImitationValues = new float[2],
        Flags = [StepFlags.None, StepFlags.Clipped],
        End = EpisodeEnd.TimedOut,
        Verdict = verdict,
    };
}
