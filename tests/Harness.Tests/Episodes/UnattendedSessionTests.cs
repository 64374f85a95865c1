using HilRig.Core.Episodes;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Operators;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.Tests.Support;
using HilRig.Recording.Episodes;

namespace HilRig.Harness.Tests.Episodes;

/// <summary>Whole sessions with a simulated operator, good and bad, on a fake clock.</summary>
[CancelAfter(60_000)]
internal sealed class UnattendedSessionTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Thirty_episodes_with_a_bad_operator_end_with_the_right_log()
    {
        string path = Path.Combine(_folder, "demonstrations.episodes");
        using var bench = BadBench(path, 30, out SessionResult result, out var person);
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed), result.Reason);
        TestContext.Out.WriteLine($"{result.Tally}");
        TestContext.Out.WriteLine(
            $"wrong scenes {person.WrongSceneCount}, wrong verdicts {person.WrongVerdictCount}");

        // Each kind of mistake was made, else this shows nothing.
        Assert.That(person.WrongSceneCount, Is.GreaterThan(5));
        Assert.That(person.WrongVerdictCount, Is.GreaterThan(2));
        Assert.That(result.Tally.IgnoredWordCount, Is.GreaterThan(5));
        Assert.That(result.Tally.RefusalCount, Is.GreaterThan(5));

        IReadOnlyList<LoggedEpisode> logged = EpisodeLog.Read(path).Episodes;
        StartCard[] skipped = [.. bench.Operator.Notices.OfType<Remark>()
            .Where(note => note.Text.Contains("is left out"))
            .Select(note => bench.Operator.Notices.OfType<StartCard>().Last(
                card => card.InstantNanoseconds <= note.InstantNanoseconds))];
        Assert.That(logged, Has.Count.EqualTo(30 - skipped.Length));
        Assert.That(skipped, Is.Not.Empty);

        // Every start was done once or left out, in order.
        Assert.That(
            logged.Select(item => item.Episode.StartIndex),
            Is.EqualTo(Enumerable.Range(0, 30).Select(index => (long)index)
                .Except(skipped.Select(card => card.StartIndex))));

        // The rule saw success each time; the operator was wrong as often as she says.
        Assert.That(
            logged.Count(item => item.Episode.Verdict == EpisodeVerdict.Failure),
            Is.EqualTo(person.WrongVerdictCount));
        Assert.That(logged, Is.All.Matches<LoggedEpisode>(item => item is not null
            && item.Episode.End == EpisodeEnd.SuccessRule
            && item.Episode.VerdictSource == VerdictSource.Operator));
        Assert.That(
            logged.Sum(item => item.Episode.Reset.FailedVerifyCount),
            Is.LessThanOrEqualTo(result.Tally.RefusalCount));

        // No episode began with the block off its card, whatever the operator did.
        foreach (LoggedEpisode item in logged)
        {
            double card = 0.3 + 0.05 * (item.Episode.StartIndex % 8);
            Assert.That(item.Episode.Observation(0)[1], Is.EqualTo(card).Within(0.0101));
        }
    }

    [Test]
    public void The_same_seed_gives_the_same_session()
    {
        float[] first = Observations(Path.Combine(_folder, "a.episodes"));
        float[] second = Observations(Path.Combine(_folder, "b.episodes"));
        Assert.That(first, Is.Not.Empty);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void An_operator_who_walks_away_leaves_a_session_that_ends_safely()
    {
        using var bench = new SessionBench();
        bench.OtherOperator = new SimulatedOperator(
            new SimulatedOperatorOptions { Seed = 3, WalksAwayAfter = 4 },
            bench.Task.Description.ObjectJoints,
            bench.Scene,
            bench.Clock);
        SessionResult result = bench.Run(new ListProgramme(30, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.OperatorSilent));
        Assert.That(result.Tally.EpisodeCount, Is.EqualTo(4));
        Assert.That(result.IsStopConfirmed, Is.True);
    }

    private static float[] Observations(string path)
    {
        using SessionBench bench = BadBench(path, 6, out _, out _);
        return [.. EpisodeLog.Read(path).Episodes.SelectMany(item => item.Episode.Observations)];
    }

    private static SessionBench BadBench(
        string path, int episodes, out SessionResult result, out SimulatedOperator person)
    {
        var task = new TouchTask();
        using EpisodeLog log = EpisodeLog.Open(
            path, EpisodeLogStore.HeaderOf(task.Description));
        var bench = new SessionBench
        {
            Store = new EpisodeLogStore(log),
            Options = new SessionOptions
            {
                Verdict = VerdictPolicy.Operator,
                Reset = new ResetOptions { RefusalMax = 20 },
            },
        };
        bench.Operator.IsDiligent = false;
        person = new SimulatedOperator(
            new SimulatedOperatorOptions
            {
                Seed = 11,
                Name = "bad",
                WrongVerdictRate = 0.2,
                MissedResetRate = 0.3,
                WrongPlacementRate = 0.2,
                TwiceRate = 0.3,
                SkipRate = 0.1,
            },
            task.Description.ObjectJoints,
            bench.Scene,
            bench.Clock);
        bench.OtherOperator = person;
        result = bench.Run(new ListProgramme(episodes, _ => bench.Script()));
        return bench;
    }
}
