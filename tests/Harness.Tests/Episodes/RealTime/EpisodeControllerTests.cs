using HilRig.Core.Episodes;
using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.Episodes.Resets;
using HilRig.Harness.Tests.Support;
using HilRig.Tasks;

namespace HilRig.Harness.Tests.Episodes.RealTime;

[CancelAfter(20_000)]
internal sealed class EpisodeControllerTests
{
    [Test]
    public void The_controller_allocates_nothing()
    {
        using var bench = new SessionBench();
        SessionResult result = bench.Run(new ListProgramme(12, _ => bench.Script()));

        // The conductor shares the loop's thread here; what it allocates is taken off.
        long own = result.AllocatedBytes - bench.PolledBytes;
        TestContext.Out.WriteLine(
            $"{own} B over {result.TickCount} ticks, the conductor {bench.PolledBytes} B");
        Assert.That(result.TickCount, Is.GreaterThan(1000));
        Assert.That(bench.PolledBytes, Is.Positive, "else nothing was measured");
        Assert.That(own, Is.Zero);
    }

    [Test]
    public void No_goal_ever_jumps_whoever_moves_the_arm()
    {
        var hand = new PushHand();
        using var bench = new SessionBench { Hand = hand };
        Script(
            bench,
            (2, OperatorKey.Correct),
            (6, OperatorKey.Pause),
            (6, OperatorKey.Auto),
            (8, OperatorKey.Correct),
            (12, OperatorKey.Auto));
        bench.Run(new ListProgramme(2, _ => bench.Script()));
        Assert.That(hand.ReadCount, Is.GreaterThanOrEqualTo(8));
        double[] before = [0, 0];
        foreach (TickRecord record in bench.Sink.Records)
        {
            for (int i = 0; i < 2; i++)
            {
                double step = Math.Abs(record.Command.Position[i] - before[i]);
                Assert.That(step, Is.LessThanOrEqualTo(5 * 0.01 + 1e-9));
                before[i] = record.Command.Position[i];
            }
        }

        Assert.That(bench.Sink.Records.Max(record => record.ClippedJoints), Is.Zero);
    }

    [Test]
    public void A_correction_is_recorded_as_the_executed_action_of_a_person()
    {
        using var bench = new SessionBench { Hand = new PushHand() };
        Script(bench, (2, OperatorKey.Correct), (6, OperatorKey.Auto));
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        int[] human = [.. Enumerable.Range(0, episode.StepCount)
            .Where(step => episode.Proposers[step] == Proposer.Human)];
        Assert.That(human, Is.EqualTo(Enumerable.Range(human[0], human.Length)));
        Assert.That(human, Has.Length.EqualTo(4));
        foreach (int step in human)
        {
            Assert.That(episode.Action(step).ToArray(), Is.EqualTo(new[] { -0.5f, 0.25f }));
        }

        Assert.That(episode.Proposers[^1], Is.EqualTo(Proposer.Script), "handed back");
        Assert.That(episode.Verdict, Is.EqualTo(EpisodeVerdict.Success));
    }

    [Test]
    public void A_pause_takes_no_step_and_moves_nothing()
    {
        using var bench = new SessionBench();
        int ticks = 0;
        bench.Operator.Seen = notice =>
        {
            if (notice is StepSeen { StepIndex: 3 })
            {
                bench.Operator.Say(OperatorKey.Pause);
                ticks = 100;
            }
        };
        bench.Between = () =>
        {
            if (ticks > 0 && --ticks == 0)
            {
                bench.Operator.Say(OperatorKey.Auto);
            }
        };
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        StepSeen[] steps = [.. bench.Operator.Notices.OfType<StepSeen>()];
        double[] gaps = [.. steps.Zip(steps.Skip(1)).Select(pair =>
            (pair.Second.InstantNanoseconds - pair.First.InstantNanoseconds) / 1e9)];
        Assert.That(gaps.Max(), Is.EqualTo(1).Within(0.1));
        Assert.That(gaps.Order().ToArray()[^2], Is.EqualTo(0.05).Within(1e-6));
        Assert.That(episode.Observation(episode.StepCount)[2], Is.EqualTo(episode.StepCount));
        Assert.That(episode.Verdict, Is.EqualTo(EpisodeVerdict.Success));
    }

    [Test]
    public void An_action_beyond_a_limit_is_recorded_as_it_was_executed()
    {
        // The task asks for 0.05 rad a period; half of it is allowed.
        using var bench = new SessionBench { VelocityMax = 0.5 };
        bench.Run(new ListProgramme(1, _ => bench.Script()));
        Episode episode = bench.Memory.Episodes.Single();
        Assert.That(episode.Flags[0], Is.EqualTo(StepFlags.Clipped));
        Assert.That(episode.Action(0)[0], Is.EqualTo(0.5).Within(0.001));
        Assert.That(episode.Action(0)[1], Is.Zero);
        Assert.That(
            episode.Flags[^1], Is.EqualTo(StepFlags.None), "the last step is a short one");
        Assert.That(bench.Sink.Records.Max(record => record.ClippedJoints), Is.Zero);
    }

    [Test]
    public void A_limit_of_one_joint_leaves_the_other_its_action()
    {
        using var bench = new SessionBench { RangeOfB = 0.1 };
        bench.Run(new ListProgramme(1, _ => new Pusher(-0.3f, 0.6f)));
        Episode episode = bench.Memory.Episodes.Single();

        // Four steps of 0.03 rad bring b to its limit; a goes on.
        Assert.That(episode.Flags.Take(3), Is.All.EqualTo(StepFlags.None));
        Assert.That(episode.Flags.Skip(3), Is.All.EqualTo(StepFlags.Clipped));
        Assert.That(episode.Action(3)[1], Is.EqualTo(0.2).Within(0.001));
        Assert.That(episode.Action(10)[1], Is.Zero.Within(0.001));
        Assert.That(episode.Action(10)[0], Is.EqualTo(-0.3f));
    }

    [Test]
    public void The_arm_leaves_by_the_way_it_came()
    {
        using var bench = new SessionBench();
        bench.Run(new ListProgramme(2, _ => new Pusher(0.5f, 0.5f)));
        PhaseEntered[] phases = [.. bench.Operator.Notices.OfType<PhaseEntered>()];
        PhaseEntered retreat = phases.Where(
            phase => phase.Phase == ResetPhase.Retreat).ElementAt(1);
        PhaseEntered open = phases.Where(
            phase => phase.Phase == ResetPhase.ArmOpen).ElementAt(1);
        TickRecord[] way = [.. bench.Sink.Records.Where(record =>
            record.Tick.PlannedNanoseconds >= retreat.InstantNanoseconds
            && record.Tick.PlannedNanoseconds < open.InstantNanoseconds)];
        Assert.That(way[0].Command.Position[0], Is.GreaterThan(0.29));

        // In the episode both joints went together; so they do on the way back, down to its start.
        foreach (TickRecord record in way.Where(item => item.Command.Position[1] > 0.001))
        {
            Assert.That(
                record.Command.Position[0],
                Is.EqualTo(record.Command.Position[1]).Within(0.002));
        }
    }

    private static void Script(
        SessionBench bench, params (int Step, OperatorKey Key)[] words)
    {
        int next = 0;
        bench.Operator.Seen = notice =>
        {
            while (notice is StepSeen seen && next < words.Length
                && words[next].Step == seen.StepIndex)
            {
                bench.Operator.Say(words[next++].Key);
            }
        };
    }

    private sealed class PushHand : IActionSource
    {
        public int ReadCount { get; private set; }

        public bool TryRead(Span<float> action)
        {
            ReadCount++;
            action[0] = -0.5f;
            action[1] = 0.25f;
            return true;
        }
    }

    private sealed class Pusher(float a, float b) : IEpisodePolicy
    {
        public void Begin()
        {
        }

        public PolicyAnswer Act(
            in TaskState state, ReadOnlySpan<float> observation, Span<float> action)
        {
            action[0] = a;
            action[1] = b;
            return new PolicyAnswer(IsValid: true, Proposer.Random);
        }
    }
}
