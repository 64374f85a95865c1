using HilRig.Core.Episodes;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.Tests.Support;
using HilRig.Tasks;

namespace HilRig.Harness.Tests.Episodes;

/// <summary>What goes wrong in a session is named, and ends safely.</summary>
[CancelAfter(20_000)]
internal sealed class SessionFaultTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void An_operator_who_never_answers_is_reminded_and_then_the_session_ends()
    {
        using var bench = new SessionBench();
        bench.Operator.IsDiligent = false;
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.OperatorSilent));
        Assert.That(
            bench.Operator.Notices.OfType<PhaseEntered>().Count(
                phase => phase.Reason.Contains("nobody has confirmed yet")),
            Is.EqualTo(2));
        Assert.That(bench.Plant.Stops, Is.EqualTo(new[] { StopReason.Requested }));
        Assert.That(result.IsStopConfirmed, Is.True);
        Assert.That(bench.Sink.Events, Has.Some.StartsWith("stop: OperatorSilent"));
    }

    [Test]
    public void An_operator_who_never_judges_the_last_episode_ends_the_session()
    {
        using var bench = new SessionBench
        {
            Options = new SessionOptions { Verdict = VerdictPolicy.Operator },
        };
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.OperatorSilent));
        Assert.That(bench.Memory.Episodes.Single().Verdict, Is.EqualTo(EpisodeVerdict.Discarded));
    }

    [Test]
    public void A_block_outside_its_start_zone_is_refused_by_name_until_it_is_right()
    {
        using var bench = new SessionBench();
        int refusals = 0;
        bench.Operator.Seen = notice =>
        {
            if (notice is PhaseEntered { Phase: ResetPhase.Confirm } phase)
            {
                bool isFirst = refusals == 0 && phase.Reason.Length == 0;
                refusals += phase.Reason.Contains("start zone: block is +0.0") ? 1 : 0;
                if (isFirst)
                {
                    bench.Scene.Place([0.35]);
                }
            }
        };
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(refusals, Is.EqualTo(1));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed));
        Assert.That(bench.Memory.Episodes.Single().Reset.FailedVerifyCount, Is.EqualTo(1));
        Assert.That(result.Tally.RefusalCount, Is.EqualTo(1));
    }

    [Test]
    public void A_scene_that_is_never_right_ends_the_session()
    {
        using var bench = new SessionBench();
        bench.Between = () => bench.Scene.Place([9]);
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.NeverVerified));
        Assert.That(bench.Memory.Episodes, Is.Empty);
    }

    [Test]
    public void Without_a_sensor_the_scene_is_taken_on_the_operators_word_and_that_is_said()
    {
        using var bench = new SessionBench { HasSensor = false };
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed));
        Assert.That(bench.Memory.Episodes.Single().Verdict, Is.EqualTo(EpisodeVerdict.Success));
        Assert.That(bench.Sink.Events, Has.Some.Contain("on the operator's word"));
    }

    [Test]
    public void An_arm_that_does_not_come_to_its_start_is_refused_by_the_joint()
    {
        using var bench = new SessionBench();
        bench.Plant.StuckJoint = 0;
        bench.Operator.IsDiligent = true;
        var programme = new ListProgramme(4, _ => bench.Script());
        SessionResult result = bench.Run(new StartsFrom(programme, 3));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.Completed), result.Reason);
        Assert.That(bench.Sink.Events, Has.None.Contain("joint pose"), "0.03 rad is within 0.05");

        using var other = new SessionBench
        {
            Plant = new FakePlant(["a", "b"], 0.02, null) { Initial = [0.4, 0], StuckJoint = 0 },
        };
        SessionResult stuck = other.Run(new ListProgramme(1, _ => other.Script()));
        Assert.That(stuck.Ending, Is.EqualTo(SessionEnding.NeverVerified));
        Assert.That(other.Sink.Events, Has.Some.Contain("joint pose: a is +0.4000 rad off"));
    }

    [TestCase(SceneStatus.Lost, 0)]
    [TestCase(SceneStatus.Ok, Second)]
    public void A_scene_that_is_lost_in_an_episode_breaks_it_off_and_it_counts_for_nothing(
        SceneStatus status, long ageNanoseconds)
    {
        using var bench = new SessionBench();
        bench.Operator.Seen = notice =>
        {
            if (notice is StepSeen { StepIndex: 4 })
            {
                bench.Scene.Status = status;
                bench.Scene.AgeNanoseconds = ageNanoseconds;
            }
            else if (notice is EpisodeEnded)
            {
                bench.Scene.Status = SceneStatus.Ok;
                bench.Scene.AgeNanoseconds = 0;
            }
        };
        SessionResult result = bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        Assert.That(
            (episode.End, episode.Verdict),
            Is.EqualTo((EpisodeEnd.RigStopped, EpisodeVerdict.Discarded)));
        Assert.That(bench.Sink.Events, Has.Some.Contain("broke off at step 6: SceneLost"));
        Assert.That(episode.StepCount, Is.EqualTo(5), "the last step's outcome was not seen");
        Assert.That(result.Tally.BrokenCount, Is.EqualTo(1));
    }

    [Test]
    public void A_policy_that_gives_no_number_breaks_off_and_in_a_row_ends_the_session()
    {
        using var bench = new SessionBench();
        SessionResult result = bench.Run(new ListProgramme(9, _ => new NaNPolicy()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.EpisodesBroken));
        Assert.That(bench.Sink.Events, Has.Some.Contain("PolicyFailed"));
        Assert.That(bench.Plant.Stops, Is.Not.Empty);
    }

    [Test]
    public void A_plant_that_stops_in_an_episode_leaves_what_was_seen_of_it()
    {
        using var bench = new SessionBench();
        bool isStopped = false;
        var plant = bench.Plant;
        bench.Operator.Seen = notice => isStopped |= notice is StepSeen { StepIndex: 3 };
        bench.Between = () =>
        {
            if (isStopped)
            {
                plant.StopNow();
            }
        };
        SessionResult result = bench.Run(new ListProgramme(3, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.PlantStopped));
        Assert.That(result.Reason, Is.EqualTo("servo 3 fell silent"));
        Episode episode = bench.Memory.Episodes.Single();
        Assert.That(episode.StepCount, Is.EqualTo(3));
        episode.Require("test");
        Assert.That(
            (episode.End, episode.Verdict),
            Is.EqualTo((EpisodeEnd.RigStopped, EpisodeVerdict.Discarded)));
    }

    [Test]
    public void A_full_disk_ends_the_session_by_name()
    {
        using var bench = new SessionBench { Store = new MemoryStore { FullAfter = 1 } };
        SessionResult result = bench.Run(new ListProgramme(3, _ => bench.Script()));
        Assert.That(result.Ending, Is.EqualTo(SessionEnding.NotStored));
        Assert.That(result.Reason, Does.Contain("disk is full"));
        Assert.That(bench.Plant.Stops, Is.Not.Empty);
    }

    [Test]
    public void A_pause_that_lasts_too_long_ends_the_episode()
    {
        using var bench = new SessionBench();
        bench.Operator.Seen = notice =>
        {
            if (notice is StepSeen { StepIndex: 3 })
            {
                bench.Operator.Say(OperatorKey.Pause);
            }
        };
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Assert.That(
            bench.Memory.Episodes.Single().End, Is.EqualTo(EpisodeEnd.Operator));
        Assert.That(bench.Sink.Events, Has.Some.Contain("paused for too long"));
    }

    private sealed class NaNPolicy : IEpisodePolicy
    {
        public void Begin()
        {
        }

        public PolicyAnswer Act(
            in TaskState state, ReadOnlySpan<float> observation, Span<float> action)
        {
            action.Fill(state.StepIndex < 2 ? 0 : float.NaN);
            return new PolicyAnswer(IsValid: true, Proposer.Reinforcement);
        }
    }

    /// <summary>A programme without its first starts.</summary>
    private sealed class StartsFrom(IEpisodeProgramme inner, long first) : IEpisodeProgramme
    {
        public ProgrammeStep Next(out EpisodeRequest? request)
        {
            ProgrammeStep step = inner.Next(out request);
            while (step == ProgrammeStep.Episode && request!.StartIndex < first)
            {
                step = inner.Next(out request);
            }

            return step;
        }

        public void Finished(long index, Episode episode) => inner.Finished(index, episode);

        public void Skipped(EpisodeRequest request) => inner.Skipped(request);

        public void Amended(long index, EpisodeVerdict verdict) => inner.Amended(index, verdict);
    }
}
