using HilRig.Core.Episodes;
using HilRig.Learning.Training;

namespace HilRig.Learning.Tests.Training;

/// <summary>When episodes show that the actor is of use.</summary>
public sealed class TrustRecordTests
{
    private TrustRecord _record = null!;

    [SetUp]
    public void Begin() => _record = new TrustRecord();

    [Test]
    public void A_share_of_nothing_holds_at_once() => Assert.That(_record.Holds(0));

    [Test]
    public void Training_is_measured_by_a_share_of_the_warm_up()
    {
        Add(6, EpisodePurpose.WarmUp, EpisodeVerdict.Success);
        Add(4, EpisodePurpose.WarmUp, EpisodeVerdict.Failure);
        Add(TrustRecord.Window - 6, EpisodePurpose.Training, EpisodeVerdict.Failure);
        Add(5, EpisodePurpose.Training, EpisodeVerdict.Success);
        Assert.That(_record.Holds(0.01), Is.False, "one episode too few");
        Add(1, EpisodePurpose.Training, EpisodeVerdict.Success);
        Assert.That(_record.Holds(0.5), "6 of 20 are half of 6 of 10");
        Assert.That(_record.Holds(0.51), Is.False);
    }

    [Test]
    public void Only_the_newest_count_so_that_trust_is_lost_again()
    {
        Add(10, EpisodePurpose.WarmUp, EpisodeVerdict.Success);
        Add(TrustRecord.Window, EpisodePurpose.Training, EpisodeVerdict.Success);
        Assert.That(_record.Holds(1));
        Add(1, EpisodePurpose.Training, EpisodeVerdict.Failure);
        Assert.That(_record.Holds(1), Is.False);
        Add(TrustRecord.Window, EpisodePurpose.Training, EpisodeVerdict.Success);
        Assert.That(_record.Holds(1));
    }

    [Test]
    public void Demonstrations_evaluations_and_discarded_episodes_do_not_count()
    {
        Add(10, EpisodePurpose.WarmUp, EpisodeVerdict.Success);
        Add(10, EpisodePurpose.WarmUp, EpisodeVerdict.Discarded);
        Add(TrustRecord.Window - 1, EpisodePurpose.Training, EpisodeVerdict.Success);
        Add(5, EpisodePurpose.Training, EpisodeVerdict.Discarded);
        Add(5, EpisodePurpose.Evaluation, EpisodeVerdict.Success);
        Add(5, EpisodePurpose.Demonstration, EpisodeVerdict.Success);
        Assert.That(_record.Holds(0.01), Is.False);
        Add(1, EpisodePurpose.Training, EpisodeVerdict.Success);
        Assert.That(_record.Holds(1));
    }

    private void Add(int count, EpisodePurpose purpose, EpisodeVerdict verdict)
    {
        var builder = new EpisodeBuilder();
        builder.Begin([0]);
        builder.Add([0], Proposer.Reinforcement, (0, 0), StepFlags.None, [0]);
        for (int i = 0; i < count; i++)
        {
            _record.Add(builder.Build("any", purpose, (1, 0), EpisodeEnd.TimedOut, verdict));
        }
    }
}
