using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Agent.RealTime;
using HilRig.Devices.Buses;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Buses;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

internal sealed class AgentArmingTests
{
    [Test]
    public void Arming_takes_the_measured_pose_as_goal_before_torque_comes_on()
    {
        using var bench = new AgentBench();
        bench.Servos.Set(2, Sts3215.PresentPosition, 2500);
        bench.Servos.Set(2, Sts3215.GoalPosition, 100);
        bench.Loop.Begin();
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
            Assert.That(bench.Servos.Get(2, Sts3215.GoalPosition), Is.EqualTo(2500));
            Assert.That(bench.Servos.Get(2, Sts3215.PresentPosition), Is.EqualTo(2500));
            Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.EqualTo(1));
            Assert.That(bench.Servos.WrittenAddresses, Is.EqualTo(new[]
            {
                Sts3215.GoalPosition.Address, Sts3215.TorqueLimit.Address,
                Sts3215.TorqueEnable.Address,
            }));
            Assert.That(bench.Channel.State.Health, Is.EqualTo(PlantHealth.Armed));
            Assert.That(bench.Page.AgentHasArmed, Is.True);
        }
    }

    [Test]
    public void Before_arming_torque_is_off_and_commands_are_counted_as_not_armed()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                bench.Channel.Report.CommandCounts[(int)CommandVerdict.NotArmed], Is.EqualTo(1));
            Assert.That(bench.Channel.State.AnsweredCommandSequence, Is.Zero);
            Assert.That(bench.Servos.WrittenAddresses, Is.Empty);
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Disarmed));
        }
    }

    [Test]
    public void A_command_queued_before_arming_is_thrown_away()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Command.Position[0] = 0.01;
        bench.Command.Sequence = 1;
        bench.Stamp();
        bench.Channel.Send(bench.Command);
        bench.Ask(AgentRequest.Arm);
        bench.Loop.Step();
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(2048));
        Assert.That(bench.Channel.Report.CommandCounts[(int)CommandVerdict.Accepted], Is.Zero);
    }

    [Test]
    public void Arming_with_a_silent_servo_stops_and_names_its_joint()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Servos.IsSilent[2] = true;
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(1));
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);
        }
    }

    [Test]
    public void Arming_that_a_servo_does_not_confirm_is_a_stop()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Servos.SyncWritesToLose = int.MaxValue;
        bench.Servos.Set(1, Sts3215.GoalPosition, 5);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.ServoLost));
    }

    [Test]
    public void Arming_outlasts_a_stall_of_the_bus_that_is_shorter_than_the_deadman()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        Array.Fill(bench.Servos.IsSilent, true);
        long stallEnd = bench.Clock.NowNanoseconds + 90_000_000;
        bench.Clock.Slept = () => Array.Fill(
            bench.Servos.IsSilent, bench.Clock.NowNanoseconds < stallEnd);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Clock.NowNanoseconds, Is.GreaterThanOrEqualTo(stallEnd));
    }

    [Test]
    public void Arming_on_a_silent_bus_gives_up_after_the_deadman_and_blames_no_joint()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        Array.Fill(bench.Servos.IsSilent, true);
        long start = bench.Clock.NowNanoseconds;
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Clock.NowNanoseconds - start, Is.InRange(100_000_000, 110_000_000));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(-1));
        }
    }

    [Test]
    public void The_agent_beats_while_it_tries_to_arm()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        Array.Fill(bench.Servos.IsSilent, true);
        long oldest = 0;
        bench.Clock.Slept = () => oldest = Math.Max(
            oldest, bench.Clock.NowNanoseconds - bench.Page.AgentBeatNanoseconds);
        bench.Ask(AgentRequest.Arm);
        Assert.That(oldest, Is.InRange(1, 10_000_000));
    }

    [Test]
    public void Arming_asks_a_servo_that_missed_one_read_again_within_the_same_read()
    {
        using var bench = new AgentBench(servoCount: 1);
        bench.Servos.IsSilent[1] = true;
        bench.Loop.Begin();
        bench.Servos.IsSilent[1] = false;
        bench.Servos.AnswersToLose = 1;
        long start = bench.Clock.NowNanoseconds;
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Clock.NowNanoseconds, Is.EqualTo(start), "no second attempt");
    }

    [Test]
    public void Arming_needs_every_servo_to_confirm_the_torque_limit_of_normal_use()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Servos.Set(2, Sts3215.TorqueLimit, 500);
        bench.Servos.AddressToLose = Sts3215.TorqueLimit.Address;
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(1));
            Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.Zero);
        }
    }

    [Test]
    public void A_torque_limit_that_is_not_answered_at_first_is_asked_for_again()
    {
        using var servos = new InMemoryServos(1) { AnswersToLose = 4 };
        using var bus = new FeetechBus(
            servos, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 0 });
        var actuators = new RigActuators(new JointActuatorMap(TestRigs.OfServos(1)), [bus]);
        var time = new InstantTime();
        servos.Set(1, Sts3215.MaxTorque, 700);
        actuators.LearnTorqueLimits(time);
        Assert.That(actuators.NormalTorqueLimit.ToArray(), Is.EqualTo(new[] { 700 }));
        Assert.That(time.Waits, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_torque_limit_that_is_never_answered_is_an_error_after_the_patience_of_connecting()
    {
        using var servos = new InMemoryServos(1) { IsSilent = { [1] = true } };
        using var bus = new FeetechBus(
            servos, new BusTiming { Baud = 1_000_000, AdapterLatencyNanoseconds = 0 });
        var actuators = new RigActuators(new JointActuatorMap(TestRigs.OfServos(1)), [bus]);
        var time = new InstantTime();
        Assert.That(
            () => actuators.LearnTorqueLimits(time),
            Throws.TypeOf<DeviceException>().With.Property("Where").Contains("servo 1"));
        Assert.That(time.Waits, Has.Count.EqualTo(2));
    }

    [TestCase(1)]
    [TestCase(4)]
    public void Arming_mends_lost_packets_and_measures_again(int lostCount)
    {
        using var bench = new AgentBench();
        bench.Servos.Set(2, Sts3215.PresentPosition, 2500);
        bench.Loop.Begin();
        bench.Servos.SyncWritesToLose = lostCount;
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Servos.Get(2, Sts3215.GoalPosition), Is.EqualTo(2500));
        Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.EqualTo(1));
    }

    [Test]
    public void A_latched_stop_refuses_to_arm_until_a_re_arm_then_holds_the_measured_pose()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Loop.RequestStop(StopReason.HostDied);
        bench.Loop.Step();
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
        bench.Servos.FollowsGoals = false;
        bench.Servos.Set(1, Sts3215.PresentPosition, 1900);
        bench.Ask(AgentRequest.Rearm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Disarmed));
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
            Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(1900));
            Assert.That(
                bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(1000), "normal torque again");
            Assert.That(bench.Page.AgentStopReason, Is.EqualTo(StopReason.None));
        }
    }

    [Test]
    public void Arming_lifts_the_confirmed_end_of_a_run_and_holds_the_measured_pose()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Ask(AgentRequest.Stop);
        bench.Loop.Step();
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        bench.Servos.FollowsGoals = false;
        bench.Servos.Set(1, Sts3215.PresentPosition, 1900);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Servos.Get(1, Sts3215.GoalPosition), Is.EqualTo(1900));
    }

    [TestCase(AgentRequest.Stop)]
    [TestCase(AgentRequest.Stop | AgentRequest.Rearm)]
    [TestCase(AgentRequest.Stop | AgentRequest.Rearm | AgentRequest.Arm)]
    public void A_stop_wins_over_whatever_comes_in_the_same_turn(AgentRequest requests)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Ask(requests);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
        Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.Requested));
    }

    [Test]
    public void A_stop_from_another_thread_wins_over_a_re_arm_of_the_same_turn()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Loop.RequestStop(StopReason.HostDied);
        bench.Ask(AgentRequest.Rearm | AgentRequest.Arm);
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.HostDied));
    }

    [Test]
    public void A_deadman_that_expires_wins_over_a_re_arm_of_the_same_turn()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Clock.NowNanoseconds += 100_000_000;
        bench.Ask(AgentRequest.Rearm | AgentRequest.Arm);
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
    }

    [Test]
    public void A_re_arm_is_refused_while_a_servo_is_silent()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Ask(AgentRequest.Stop);
        bench.Servos.IsSilent[3] = true;
        bench.Loop.Step();
        bench.Ask(AgentRequest.Rearm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
        bench.Servos.IsSilent[3] = false;
        bench.Loop.Step();
        bench.Loop.Step();
        bench.Ask(AgentRequest.Rearm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Disarmed));
    }

    [Test]
    public void A_stop_that_an_earlier_process_latched_is_taken_over()
    {
        using var bench = new AgentBench(
            options: new AgentOptions { LatchedStop = StopReason.AgentDied });
        bench.Loop.Begin();
        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.AgentDied));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
            Assert.That(
                bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero, "a limp arm stays limp");
        }

        bench.Ask(AgentRequest.Rearm);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
    }
}
