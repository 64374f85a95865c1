using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Core.Sessions;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

internal sealed class SafePostureTests
{
    [Test]
    public void A_lost_packet_is_noticed_by_reading_back_and_sent_again()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Servos.SyncWritesToLose = 2;
        bench.Ask(AgentRequest.Stop);
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.False);
        bench.Loop.Step();
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        Assert.That(bench.Servos.Get(3, Sts3215.TorqueLimit), Is.EqualTo(500));
    }

    [Test]
    public void A_servo_that_sags_between_two_attempts_keeps_its_first_goal()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Servos.FollowsGoals = false;
        bench.Servos.SyncWritesToLose = 2;
        bench.Servos.Set(1, Sts3215.PresentPosition, 2200);
        bench.Ask(AgentRequest.Stop);
        bench.Servos.Set(1, Sts3215.PresentPosition, 2150);
        bench.Loop.Step();
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2200));
    }

    [Test]
    public void A_moving_joint_takes_its_goal_along_until_it_stands()
    {
        using AgentBench bench = Moving(ticksPerSecond: 800);
        bench.Ask(AgentRequest.Stop);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2500));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.False, "it does not stand yet");
        }

        bench.Servos.Set(1, Sts3215.PresentPosition, 2550);
        bench.Loop.Step();
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2550));
        bench.Servos.Set(1, Sts3215.PresentPosition, 2560);
        bench.Servos.Set(1, Sts3215.PresentVelocity, 0);
        bench.Loop.Step();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2560));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        }
    }

    [Test]
    public void A_joint_that_does_not_come_to_rest_is_held_after_a_bounded_time()
    {
        using AgentBench bench = Moving(ticksPerSecond: 800);
        bench.Ask(AgentRequest.Stop);
        long start = bench.Clock.NowNanoseconds;
        for (int position = 2500; !bench.Channel.Report.StopAcknowledged; position += 4)
        {
            bench.Servos.Set(1, Sts3215.PresentPosition, position);
            bench.Loop.Step();
            Assert.That(bench.Clock.NowNanoseconds - start, Is.LessThan(250_000_000));
        }

        int held = bench.Servos.Get(1, Sts3215.GoalPosition);
        bench.Servos.Set(1, Sts3215.PresentPosition, 3000);
        bench.Loop.Step();
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(held));
    }

    [Test]
    public void A_joint_that_turns_back_while_it_brakes_is_held_where_it_turned()
    {
        using AgentBench bench = Moving(ticksPerSecond: 800);
        bench.Ask(AgentRequest.Stop);
        bench.Servos.Set(1, Sts3215.PresentVelocity, -800);
        bench.Servos.Set(1, Sts3215.PresentPosition, 2540);
        bench.Loop.Step();
        bench.Servos.Set(1, Sts3215.PresentPosition, 2400);
        bench.Loop.Step();
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2540));
    }

    [TestCase(2048 + 30, 2048 + 30, TestName = "A_resting_servo_keeps_a_goal_that_is_near")]
    [TestCase(2048 + 200, 2048, TestName = "A_resting_servo_gives_up_a_goal_that_is_far")]
    public void A_resting_servo_is_held_without_sinking(int goal, int expected)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Servos.FollowsGoals = false;
        bench.Servos.Set(2, Sts3215.GoalPosition, goal);
        bench.Ask(AgentRequest.Stop);
        Assert.That(bench.Servos.Get(2, Sts3215.GoalPosition), Is.EqualTo(expected));
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
    }

    [Test]
    public void Torque_off_is_done_only_where_the_rig_says_so()
    {
        using AgentBench bench = new AgentBench(
            posture: TestRigs.HoldAt(0.5) with { Policy = SafePosturePolicy.TorqueOff }).Armed();
        bench.Ask(AgentRequest.Stop);
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);
        Assert.That(bench.Servos.Get(3, Sts3215.TorqueEnable), Is.Zero);
    }

    [Test]
    public void Lowering_waits_then_moves_no_faster_than_allowed_and_ends_at_rest()
    {
        const double Rest = -0.4;
        const double Start = 0.1;
        SafePosture posture = TestRigs.HoldAt(0.5) with
        {
            Policy = SafePosturePolicy.HoldThenLower,
            HoldSeconds = 0.3,
            LowerVelocity = 0.5,
            RestPosition = new Dictionary<string, double> { ["joint1"] = Rest },
        };
        using var bench = new AgentBench(posture: posture);
        bench.Servos.Set(1, Sts3215.PresentPosition, 2048 + (int)(Start * TestRigs.TicksPerRadian));
        bench.Servos.Set(2, Sts3215.PresentPosition, 2200);
        bench.Armed();
        bench.Ask(AgentRequest.Stop);
        long stopped = bench.Clock.NowNanoseconds;
        double fastest = 0;
        double last = bench.Channel.State.Position[0];
        long lastAt = stopped;
        while (bench.Clock.NowNanoseconds < stopped + 2_000_000_000)
        {
            bench.Loop.Step();
            double position = bench.Channel.State.Position[0];
            double seconds = (bench.Clock.NowNanoseconds - stopped) * 1e-9;
            Assert.That(
                position,
                Is.GreaterThanOrEqualTo(
                    Start - 0.5 * Math.Max(0, seconds - 0.3) - 2 / TestRigs.TicksPerRadian));
            fastest = Math.Max(
                fastest, (last - position) / Math.Max(
                    1e-9, (bench.Clock.NowNanoseconds - lastAt) * 1e-9));
            last = position;
            lastAt = bench.Clock.NowNanoseconds;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(last, Is.EqualTo(Rest).Within(1 / TestRigs.TicksPerRadian));
            Assert.That(
                fastest, Is.GreaterThan(0.4).And.LessThan(1.0), "one tick in 5 ms is 0.3 rad/s");
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
            Assert.That(
                bench.Servos.Get(2, Sts3215.GoalPosition), Is.EqualTo(2200), "no rest, no move");
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500));
        }
    }

    [Test]
    public void A_limp_joint_is_not_made_stiff_by_a_stop()
    {
        SafePosture posture = TestRigs.HoldAt(0.5) with
        {
            Policy = SafePosturePolicy.HoldThenLower,
            LowerVelocity = 1,
            RestPosition = new Dictionary<string, double> { ["joint1"] = -0.5, ["joint2"] = -0.5 },
        };
        using AgentBench bench =
            new AgentBench(posture: posture, capability: "torque-off").Armed();
        bench.Command.TorqueEnabled[0] = false;
        bench.SendAndStep();
        bench.Ask(AgentRequest.Stop);
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        bench.StepUntil(bench.Clock.NowNanoseconds + 1_000_000_000);
        Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);
        Assert.That(bench.Servos.Get(2, Sts3215.PresentPosition), Is.LessThan(2048 - 300));
    }

    [Test]
    public void A_second_stop_after_a_re_arm_lowers_again()
    {
        SafePosture posture = TestRigs.HoldAt(0.5) with
        {
            Policy = SafePosturePolicy.HoldThenLower,
            LowerVelocity = 10,
            RestPosition = new Dictionary<string, double> { ["joint1"] = -0.1 },
        };
        using AgentBench bench =
            new AgentBench(posture: posture, capability: "torque-off").Armed();
        bench.Command.TorqueEnabled[0] = false;
        bench.SendAndStep();
        bench.Ask(AgentRequest.Stop);
        bench.StepUntil(bench.Clock.NowNanoseconds + 200_000_000);
        Assert.That(bench.Servos.Get(1, Sts3215.PresentPosition), Is.EqualTo(2048), "it was limp");
        bench.Ask(AgentRequest.Rearm);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        bench.Ask(AgentRequest.Stop);
        bench.StepUntil(bench.Clock.NowNanoseconds + 200_000_000);
        Assert.That(bench.Servos.Get(1, Sts3215.PresentPosition), Is.EqualTo(2048 - 65).Within(1));
    }

    private static AgentBench Moving(int ticksPerSecond)
    {
        AgentBench bench = new AgentBench().Armed();
        bench.Servos.FollowsGoals = false;
        bench.Servos.Set(1, Sts3215.PresentPosition, 2500);
        bench.Servos.Set(1, Sts3215.PresentVelocity, ticksPerSecond);
        return bench;
    }
}
