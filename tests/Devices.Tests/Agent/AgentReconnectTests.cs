using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Buses.RealTime;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>What a re-arm does after the bus was lost.</summary>
internal sealed class AgentReconnectTests
{
    [Test]
    public void A_re_arm_connects_a_lost_bus_again_and_then_the_rig_can_be_armed()
    {
        FeetechBus? again = null;
        AgentBench? bench = null;
        using AgentBench unplugged = bench = new AgentBench(reconnect: () =>
        {
            bench!.Servos.IsUnplugged = false;
            again = bench.NewBus();
            return [again];
        });
        LoseBus(bench);
        long errors = bench.Channel.Report.BusErrorCount;
        bench.Ask(AgentRequest.Rearm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Disarmed));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.None));
            Assert.That(bench.Channel.State.FreshJoints, Is.EqualTo(0b111UL));
            Assert.That(bench.Channel.Report.BusErrorCount, Is.GreaterThanOrEqualTo(errors));
        }

        bench.Ask(AgentRequest.Arm);
        bench.Command.Position[1] = 0.01;
        bench.SendAndStep();
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Servos.Get(2, Sts3215.GoalPosition), Is.Not.EqualTo(2048));
        again!.Dispose();
    }

    [Test]
    public void A_bus_that_stays_lost_stays_latched()
    {
        int attempts = 0;
        using var bench = new AgentBench(reconnect: () =>
        {
            attempts++;
            return null;
        });
        LoseBus(bench);
        bench.Ask(AgentRequest.Rearm);
        Assert.That(attempts, Is.EqualTo(1));
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
        Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.BusLost));
    }

    [Test]
    public void A_bus_that_is_back_without_one_of_its_servos_stays_latched()
    {
        AgentBench? bench = null;
        using AgentBench unplugged = bench = new AgentBench(reconnect: () =>
        {
            bench!.Servos.IsUnplugged = false;
            bench.Servos.IsSilent[2] = true;
            return [bench.NewBus()];
        });
        LoseBus(bench);
        bench.Ask(AgentRequest.Rearm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
    }

    [Test]
    public void Nothing_is_connected_again_before_a_person_re_arms()
    {
        int attempts = 0;
        using var bench = new AgentBench(reconnect: () =>
        {
            attempts++;
            return null;
        });
        LoseBus(bench);
        bench.Loop.Step();
        bench.Ask(AgentRequest.Arm);
        bench.Ask(AgentRequest.Stop | AgentRequest.Rearm);
        Assert.That(attempts, Is.Zero);
    }

    [Test]
    [CancelAfter(20_000)]
    public void The_agent_beats_while_it_waits_for_the_bus(CancellationToken cancelled)
    {
        bool hasBeaten = false;
        AgentBench? bench = null;
        using AgentBench unplugged = bench = new AgentBench(reconnect: () =>
        {
            long later = bench!.Clock.NowNanoseconds + 1;
            bench.Clock.NowNanoseconds = later;
            SpinWait.SpinUntil(() => bench.Page.AgentBeatNanoseconds >= later
                || cancelled.IsCancellationRequested);
            hasBeaten = bench.Page.AgentBeatNanoseconds >= later;
            return null;
        });
        LoseBus(bench);
        bench.Ask(AgentRequest.Rearm);
        Assert.That(hasBeaten, Is.True);
    }

    private static void LoseBus(AgentBench bench)
    {
        bench.Armed();
        bench.Servos.IsUnplugged = true;
        bench.SendAndStep();
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.BusLost));
    }
}
