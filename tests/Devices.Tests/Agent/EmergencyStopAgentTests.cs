using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>What an agent does while the page says that the emergency stop is pressed.</summary>
internal sealed class EmergencyStopAgentTests
{
    [Test]
    public void The_first_command_after_a_press_is_a_stop()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Page.EmergencyStopNanoseconds = bench.Clock.NowNanoseconds;
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.EmergencyStop));
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500), "safe posture");
        }
    }

    [Test]
    public void While_it_is_pressed_the_rig_neither_arms_nor_re_arms()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Page.EmergencyStopNanoseconds = 1;
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.EmergencyStop));
        Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);

        bench.Ask(AgentRequest.Rearm);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));

        bench.Page.EmergencyStopNanoseconds = 0;
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped), "a release lifts nothing");
        bench.Ask(AgentRequest.Rearm);
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
    }
}
