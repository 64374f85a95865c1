using HilRig.Core.Episodes;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Episodes;

internal sealed class SessionTests
{
    [Test]
    [CancelAfter(20_000)]
    public void A_programme_is_run_to_its_end_and_every_episode_is_stored()
    {
        using var bench = new SessionBench();
        var programme = new ListProgramme(3, _ => bench.Script()) { WaitCount = 2 };
        SessionResult result = bench.Run(programme);
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed), result.Reason);
        Assert.That(programme.Ends, Is.EqualTo(new long[] { 0, 1, 2 }));
        Assert.That(result.IsStopConfirmed, Is.True);
        foreach (Episode episode in bench.Memory.Episodes)
        {
            episode.Require("test");
            Assert.That(episode.Verdict, Is.EqualTo(EpisodeVerdict.Success));
            Assert.That(episode.End, Is.EqualTo(EpisodeEnd.SuccessRule));
            Assert.That(episode.Operator, Is.EqualTo("ann"));
            Assert.That(episode.PolicySha256, Is.EqualTo("ab"));
            Assert.That(episode.Reset.ResetSeconds, Is.GreaterThan(0.5));
            Assert.That(episode.Proposers, Is.All.EqualTo(Proposer.Script));
        }

        // What was observed is the step's own count, so no step is missing or double.
        Episode first = bench.Memory.Episodes[0];
        float[] counts = [.. Enumerable.Range(0, first.StepCount + 1)
            .Select(step => first.Observation(step)[2])];
        Assert.That(counts, Is.EqualTo(Enumerable.Range(0, first.StepCount + 1)));
        Assert.That(
            bench.Operator.Notices.OfType<SessionEnded>().Single().Ending,
            Is.EqualTo(SessionEnding.Completed));
    }
}
