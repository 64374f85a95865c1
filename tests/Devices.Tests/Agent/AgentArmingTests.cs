using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Registers;
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
        bench.Ask(AgentRequest.Stop);
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
