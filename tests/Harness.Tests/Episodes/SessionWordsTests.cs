using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.Tests.Support;

namespace HilRig.Harness.Tests.Episodes;

/// <summary>What an operator says, when, and what it does.</summary>
[CancelAfter(20_000)]
internal sealed class SessionWordsTests
{
    [TestCase(OperatorKey.Success, EpisodeVerdict.Success)]
    [TestCase(OperatorKey.Failure, EpisodeVerdict.Failure)]
    [TestCase(OperatorKey.Discard, EpisodeVerdict.Discarded)]
    public void A_verdict_in_an_episode_ends_it(OperatorKey key, EpisodeVerdict verdict)
    {
        using var bench = new SessionBench();
        AtStep(bench, 3, key);
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        Assert.That(episode.End, Is.EqualTo(EpisodeEnd.Operator));
        Assert.That(episode.Verdict, Is.EqualTo(verdict));
        Assert.That(episode.VerdictSource, Is.EqualTo(VerdictSource.Operator));
        Assert.That(episode.IsTerminal, Is.EqualTo(verdict == EpisodeVerdict.Success));
        Assert.That(episode.StepCount, Is.InRange(4, 5));
    }

    [Test]
    public void An_early_end_is_a_failure_that_is_no_terminal_state()
    {
        using var bench = new SessionBench();
        AtStep(bench, 3, OperatorKey.EndEpisode);
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        Assert.That(
            (episode.End, episode.Verdict, episode.IsTerminal),
            Is.EqualTo((EpisodeEnd.Operator, EpisodeVerdict.Failure, false)));
    }

    [Test]
    public void Rerecord_in_an_episode_discards_it_and_does_its_start_again()
    {
        using var bench = new SessionBench();
        bool isSaid = false;
        bench.Operator.Seen = notice =>
        {
            if (notice is StepSeen { StepIndex: 2 } && !isSaid)
            {
                isSaid = true;
                bench.Operator.Say(OperatorKey.Rerecord);
            }
        };
        bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(Starts(bench), Is.EqualTo(new long[] { 0, 0, 1 }));
        Assert.That(
            bench.Memory.Episodes.Select(episode => episode.Verdict),
            Is.EqualTo(new[]
            {
                EpisodeVerdict.Discarded, EpisodeVerdict.Success, EpisodeVerdict.Success,
            }));
        Assert.That(
            bench.Operator.Notices.OfType<StartCard>().Select(card => card.IsRepeat),
            Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public void Rerecord_after_an_episode_does_its_start_again_once_and_then_the_next()
    {
        using var bench = new SessionBench();
        InReset(bench, 2, OperatorKey.Rerecord, OperatorKey.Rerecord);
        SessionResult result = bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(Starts(bench), Is.EqualTo(new long[] { 0, 0, 1 }));
        Assert.That(
            bench.Memory.Amendments.Single().Verdict, Is.EqualTo(EpisodeVerdict.Discarded));
        Assert.That(result.Tally.IgnoredWordCount, Is.GreaterThanOrEqualTo(1));
    }

    [Test]
    public void A_second_verdict_is_named_and_ignored()
    {
        using var bench = new SessionBench();
        InReset(bench, 2, OperatorKey.Failure, OperatorKey.Success);
        SessionResult result = bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(bench.Memory.Episodes[0].Verdict, Is.EqualTo(EpisodeVerdict.Failure));
        Assert.That(bench.Memory.Amendments, Has.Count.EqualTo(1));
        Assert.That(
            Notes(bench), Has.Some.Contain("ignored Success: episode 0 is Failure already"));
        Assert.That(result.Tally.IgnoredWordCount, Is.EqualTo(1));
    }

    [Test]
    public void Undo_takes_the_last_verdict_back_and_another_may_follow()
    {
        using var bench = new SessionBench();
        InReset(bench, 2, OperatorKey.Failure, OperatorKey.Undo, OperatorKey.Discard);
        var programme = new ListProgramme(2, _ => bench.Script());
        bench.Run(programme);
        Assert.That(programme.Changes, Is.EqualTo(new[]
        {
            (0L, EpisodeVerdict.Failure),
            (0L, EpisodeVerdict.Success),
            (0L, EpisodeVerdict.Discarded),
        }));
    }

    [Test]
    public void Undo_of_nothing_is_named()
    {
        using var bench = new SessionBench();
        InReset(bench, 1, OperatorKey.Undo);
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(Notes(bench), Has.Some.Contain("ignored undo"));
    }

    [Test]
    public void A_verdict_can_be_corrected_many_episodes_later()
    {
        using var bench = new SessionBench();
        InReset(bench, 3, () => bench.Operator.Say(OperatorKey.Failure, 0));
        bench.Run(new ListProgramme(3, _ => bench.Script()));
        Assert.That(bench.Memory.Amendments.Single(), Is.EqualTo(
            (0L, EpisodeVerdict.Failure, VerdictSource.Correction, "corrected")));
    }

    [Test]
    public void A_verdict_for_an_episode_that_is_not_there_is_named()
    {
        using var bench = new SessionBench();
        InReset(bench, 2, () => bench.Operator.Say(OperatorKey.Success, 99));
        bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(Notes(bench), Has.Some.Contain("there is no episode 99, 1 are stored"));
        Assert.That(bench.Memory.Amendments, Is.Empty);
    }

    [Test]
    public void A_verdict_before_any_episode_is_named()
    {
        using var bench = new SessionBench();
        InReset(bench, 1, OperatorKey.Success);
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(Notes(bench), Has.Some.Contain("there is no episode to judge yet"));
    }

    [Test]
    public void A_confirmation_twice_is_named_and_ignored()
    {
        using var bench = new SessionBench();
        bench.Operator.Seen = notice =>
        {
            if (notice is PhaseEntered { Phase: ResetPhase.Verify })
            {
                bench.Operator.Say(OperatorKey.Confirm);
            }
        };
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(Notes(bench), Has.Some.Contain("ignored Confirm"));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed));
    }

    [Test]
    public void A_skipped_start_is_left_out_and_the_programme_is_told()
    {
        using var bench = new SessionBench();
        bench.Operator.IsDiligent = false;
        InReset(bench, 1, OperatorKey.Skip);
        bench.Operator.Seen += notice =>
        {
            bench.Operator.IsDiligent |= notice is StartCard { StartIndex: 1 };
        };
        var programme = new ListProgramme(2, _ => bench.Script());
        bench.Run(programme);
        Assert.That(programme.Skips, Is.EqualTo(new long[] { 0 }));
        Assert.That(programme.Ends, Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void An_operator_that_must_judge_is_waited_for_and_the_episode_counts_for_nothing()
    {
        using var bench = new SessionBench
        {
            Options = new SessionOptions { Verdict = VerdictPolicy.Operator },
        };
        var atEnd = new List<EpisodeVerdict>();
        bench.Operator.Seen = notice =>
        {
            if (notice is EpisodeEnded ended)
            {
                atEnd.Add(ended.Episode.Verdict);
            }
            else if (notice is Remark remark && remark.Text.Contains("waits for its verdict"))
            {
                bench.Operator.Say(OperatorKey.Success);
                bench.Operator.Say(OperatorKey.Confirm);
            }
        };
        SessionResult result = bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed));
        Assert.That(atEnd, Is.All.EqualTo(EpisodeVerdict.Discarded));
        Assert.That(
            bench.Memory.Episodes.Select(episode => episode.Verdict),
            Is.EqualTo(new[] { EpisodeVerdict.Success, EpisodeVerdict.Success }));
    }

    [TestCase(OperatorKey.Quit, SessionEnding.OperatorQuit)]
    [TestCase(OperatorKey.BrokenRig, SessionEnding.RigBroken)]
    public void The_session_can_be_ended_in_an_episode_and_what_there_is_is_stored(
        OperatorKey key, SessionEnding ending)
    {
        using var bench = new SessionBench();
        AtStep(bench, 3, key);
        SessionResult result = bench.Run(new ListProgramme(5, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(ending));
        Assert.That(bench.Memory.Episodes.Single().End, Is.EqualTo(EpisodeEnd.Operator));
    }

    [Test]
    public void A_word_nobody_knows_is_named()
    {
        using var bench = new SessionBench();
        InReset(bench, 1, () => bench.Operator.Say(OperatorKey.Unknown, null, "zz"));
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(Notes(bench), Has.Some.Contain("ignored 'zz'"));
    }

    private static void AtStep(SessionBench bench, int step, OperatorKey key) =>
        bench.Operator.Seen = notice =>
        {
            if (notice is StepSeen seen && seen.StepIndex == step)
            {
                bench.Operator.Say(key);
            }
        };

    private static void InReset(SessionBench bench, int count, params OperatorKey[] keys) =>
        InReset(bench, count, () =>
        {
            foreach (OperatorKey key in keys)
            {
                bench.Operator.Say(key);
            }
        });

    /// <summary>
    /// Speaks in the n-th reset of the session, before the operator confirms anything.
    /// </summary>
    private static void InReset(SessionBench bench, int count, Action speak) =>
        bench.Operator.Seen = notice =>
        {
            if (notice is PhaseEntered { Phase: ResetPhase.ArmOpen } && --count == 0)
            {
                speak();
            }
        };

    private static long[] Starts(SessionBench bench) =>
        [.. bench.Memory.Episodes.Select(episode => episode.StartIndex)];

    private static string[] Notes(SessionBench bench) =>
        [.. bench.Operator.Notices.OfType<Remark>().Select(remark => remark.Text)];
}
