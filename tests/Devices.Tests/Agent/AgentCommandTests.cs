using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

internal sealed class AgentCommandTests
{
    // A twentieth of the deadman, s.
    private const double Debt = 0.005;

    [Test]
    public void A_good_command_is_written_and_answered_with_the_state_read_after_it()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Command.Position[1] = 0.01;
        bench.SendAndStep();
        JointState state = bench.Channel.State;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.AnsweredCommandSequence, Is.EqualTo(1));
            Assert.That(state.Position, Is.EqualTo(new[] { 0, 0.01, 0 }).Within(
                0.5 / TestRigs.TicksPerRadian));
            Assert.That(state.Position[1], Is.Not.Zero);
            Assert.That(state.FreshJoints, Is.EqualTo(0b111UL));
            Assert.That(state.Velocity, Has.All.Zero);
            Assert.That(state.Effort, Has.All.NaN);
        }
    }

    [Test]
    public void Hop_stamps_are_complete_and_in_the_order_of_a_tick()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        var stamps = bench.Channel.State.Stamps;
        long[] bus = [stamps.BusWriteStart, stamps.BusWriteEnd, stamps.BusReply];
        long[] command =
            [stamps.Planned, stamps.ControllerDone, stamps.CommandSent, stamps.AgentReceived];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bus, Is.Ordered.And.All.GreaterThan(0));
            Assert.That(command, Is.Ordered.And.All.GreaterThan(0));
            Assert.That(bench.Channel.State.SampledNanoseconds, Is.InRange(bus[1], bus[2]));
        }
    }

    [Test]
    public void Without_a_command_states_come_at_the_idle_period_and_answer_nothing()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        int count = bench.Channel.PublishCount;
        long start = bench.Clock.NowNanoseconds;
        bench.StepUntil(start + 80_000_000);
        Assert.That(bench.Channel.PublishCount - count, Is.InRange(4, 5));
        Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.Zero);
        Assert.That(bench.Channel.State.Stamps.BusWriteStart, Is.Zero);
    }

    [Test]
    public void An_illegal_command_is_refused_and_the_rig_holds()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Command.Position[0] = 0.5;
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
            Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2048));
            Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.Zero);
            Assert.That(
                bench.Channel.Report.CommandCounts[(int)CommandVerdict.Illegal], Is.EqualTo(1));
            Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Accepted], Is.Zero);
        }
    }

    [Test]
    public void Illegal_commands_in_a_row_stop_the_rig_and_name_the_joint()
    {
        using AgentBench bench =
            new AgentBench(options: new AgentOptions { IllegalCommandLimit = 3 }).Armed();
        for (int i = 0; i < 2; i++)
        {
            bench.Command.Position[2] = double.NaN;
            bench.SendAndStep();
            bench.SendAndStep();
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
            bench.Command.Position[2] = 0;
            bench.SendAndStep();
        }

        bench.Command.Position[2] = double.NaN;
        bench.SendAndStep();
        bench.SendAndStep();
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.IllegalCommand));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(2));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        }
    }

    [Test]
    public void A_missed_tick_may_be_caught_up_but_not_faster_than_the_joint_moves()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Clock.NowNanoseconds += 3 * AgentBench.Period;
        bench.Command.Position[0] = 4 * 4 * 0.004;
        bench.SendAndStep();
        Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.EqualTo(2));
        bench.Command.Position[0] += 4 * (0.004 + Debt + 0.0001);
        bench.SendAndStep();
        Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.Zero);
    }

    [TestCase(3_600_000_000_000)]
    [TestCase(-3_600_000_000_000)]
    [TestCase(101_000_000)]
    public void A_planned_instant_far_away_is_stale_and_buys_no_speed(long ahead)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        SendPlannedAhead(bench, ahead, 0.01);
        Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Stale], Is.EqualTo(1));
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2048));
    }

    [Test]
    public void A_command_that_is_valid_for_longer_than_the_deadman_is_stale()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Clock.NowNanoseconds += AgentBench.Period;
        bench.Command.Sequence++;
        bench.Stamp();
        bench.Command.ValidUntilNanoseconds = bench.Clock.NowNanoseconds + 100_000_001;
        bench.Channel.Send(bench.Command);
        bench.Loop.Step();
        Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Stale], Is.EqualTo(1));
    }

    [Test]
    public void Plans_that_run_ahead_of_the_clock_move_no_joint_faster_than_it_may()
    {
        using AgentBench bench = new AgentBench(
            options: new AgentOptions { IllegalCommandLimit = int.MaxValue }).Armed();
        bench.SendAndStep();
        long start = bench.Clock.NowNanoseconds;

        // 4 rad/s on the host's clock, which runs eleven times as fast as the agent's.
        for (int i = 1; i <= 80; i++)
        {
            bench.Clock.NowNanoseconds += AgentBench.Period / 10;
            SendPlannedAhead(bench, i * (AgentBench.Period / 10) * 10, i * 4 * 0.004);
        }

        double seconds = (bench.Clock.NowNanoseconds - start) * 1e-9;
        double moved = (bench.Servos.Get(1, Sts3215.GoalPosition) - 2048)
            / TestRigs.TicksPerRadian;
        Assert.That(moved, Is.InRange(0, 4 * (seconds + 0.01 + Debt) + 0.002));
        Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Illegal], Is.Positive);
    }

    [Test]
    public void A_host_whose_clock_is_corrected_under_way_may_go_as_fast_as_the_joint()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        long[] corrections = [0, -900_000, -2_000_000, -700_000, 400_000, -1_500_000];
        for (int i = 1; i <= 120; i++)
        {
            bench.Clock.NowNanoseconds += AgentBench.Period;
            double direction = i / 25 % 2 == 0 ? 1 : -1;
            SendPlannedAhead(
                bench,
                corrections[i / 10 % corrections.Length],
                bench.Command.Position[0] + direction * 4 * 0.004);
            Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.Not.Zero, $"command {i}");
        }
    }

    [Test]
    public void A_host_that_goes_faster_than_the_joint_uses_up_its_debt_and_is_refused()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        int accepted = 0;
        do
        {
            bench.Clock.NowNanoseconds += AgentBench.Period;
            SendPlannedAhead(bench, 0, bench.Command.Position[0] + 4 * 0.0045);
        }
        while (bench.Channel.State.AnsweredCommandSequence != 0 && ++accepted < 100);

        // Half a millisecond a command is owed, five at most.
        Assert.That(accepted, Is.InRange(8, 11));
    }

    [Test]
    public void A_host_on_its_grid_is_not_refused_however_late_its_commands_come()
    {
        using AgentBench bench = new AgentBench().Armed();
        long start = bench.Clock.NowNanoseconds;
        var random = new Random(1);
        long arrival = start;
        for (int i = 1; i <= 500; i++)
        {
            long planned = start + i * AgentBench.Period;
            arrival = Math.Max(arrival + 1, planned + random.NextInt64(40_000_000));
            bench.Clock.NowNanoseconds = arrival;
            bench.Command.Sequence++;
            bench.Stamp();
            bench.Command.PlannedNanoseconds = planned;
            bench.Command.Position[0] = 0.4 * Math.Sin(10 * i * 0.004);
            bench.Channel.Send(bench.Command);
            bench.Loop.Step();
        }

        Assert.That(
            bench.Channel.Report.CommandCounts[(int)CommandVerdict.Accepted], Is.EqualTo(500));
    }

    private static void SendPlannedAhead(AgentBench bench, long ahead, double position)
    {
        bench.Command.Sequence++;
        bench.Stamp();
        bench.Command.PlannedNanoseconds = bench.Clock.NowNanoseconds + ahead;
        bench.Command.Position[0] = position;
        bench.Channel.Send(bench.Command);
        bench.Loop.Step();
    }

    [Test]
    public void A_joint_may_be_made_limp_and_takes_its_own_position_as_goal()
    {
        using AgentBench bench = new AgentBench(capability: "torque-off").Armed();
        bench.Command.TorqueEnabled[0] = false;
        bench.Command.Position[0] = double.NaN;
        bench.SendAndStep();
        Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);
        Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.EqualTo(1));
        bench.Servos.Set(1, Sts3215.PresentPosition, 2100);
        bench.SendAndStep();
        bench.SendAndStep();
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2100));
        bench.Command.TorqueEnabled[0] = true;
        bench.Command.Position[0] = (2100 - 2048) / TestRigs.TicksPerRadian;
        bench.SendAndStep();
        Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.EqualTo(4));
        Assert.That(bench.Servos.Get(1, Sts3215.PresentPosition), Is.EqualTo(2100));
        Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.EqualTo(1));
    }

    [Test]
    public void A_command_that_would_let_the_arm_fall_is_illegal_and_changes_nothing()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Command.TorqueEnabled[1] = false;
        bench.SendAndStep();
        Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Illegal], Is.EqualTo(1));
        Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.EqualTo(1));
    }

    [Test]
    public void An_armed_cycle_allocates_nothing()
    {
        using AgentBench bench = new AgentBench(servoCount: 6).Armed();
        long allocated = long.MaxValue;
        for (int round = 0; round < 3; round++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 1000; i++)
            {
                bench.Command.Position[i % 6] += 0.0005;
                bench.SendAndStep();
            }

            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(
            bench.Channel.Report.CommandCounts[(int)CommandVerdict.Accepted], Is.EqualTo(3000));
        Assert.That(allocated, Is.Zero);
    }
}
