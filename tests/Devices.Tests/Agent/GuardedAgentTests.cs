using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>An agent that moves only while a guardian beats, once a second at least.</summary>
internal sealed class GuardedAgentTests
{
    private const long Second = 1_000_000_000;
    private static readonly AgentOptions Guarded = new() { RequireGuardian = true };

    [TestCase(null)]
    [TestCase(Second + 1)]
    public void Without_a_fresh_beat_arming_is_a_latched_stop_and_torque_stays_off(long? age)
    {
        using var bench = new AgentBench(options: Guarded);
        bench.Clock.NowNanoseconds += 2 * Second;
        bench.Loop.Begin();
        if (age is { } old)
        {
            bench.Page.GuardianBeatNanoseconds = bench.Clock.NowNanoseconds - old;
        }

        bench.Ask(AgentRequest.Arm);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.Unguarded));
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueEnable), Is.Zero);
            Assert.That(bench.Page.AgentHasArmed, Is.False);
        }
    }

    [Test]
    public void With_a_fresh_beat_it_arms()
    {
        using var bench = new AgentBench(options: Guarded);
        bench.Loop.Begin();
        bench.Page.GuardianBeatNanoseconds = bench.Clock.NowNanoseconds - Second;
        bench.Ask(AgentRequest.Arm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
    }

    [Test]
    public void A_guardian_that_falls_silent_for_a_second_stops_the_armed_rig()
    {
        using var bench = new AgentBench(options: Guarded);
        bench.Page.GuardianBeatNanoseconds = bench.Clock.NowNanoseconds;
        bench.Armed();
        long lastBeat = bench.Page.GuardianBeatNanoseconds;
        while (bench.Loop.Health == PlantHealth.Armed)
        {
            bench.SendAndStep();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.Unguarded));
            Assert.That(
                bench.Clock.NowNanoseconds - lastBeat, Is.InRange(Second, Second + 5_000_000));
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500), "safe posture");
        }
    }

    [Test]
    public void A_guardian_that_goes_on_beating_stops_nothing()
    {
        using var bench = new AgentBench(options: Guarded);
        bench.Page.GuardianBeatNanoseconds = bench.Clock.NowNanoseconds;
        bench.Armed();
        for (int i = 0; i < 1000; i++)
        {
            bench.Page.GuardianBeatNanoseconds = bench.Clock.NowNanoseconds;
            bench.SendAndStep();
        }

        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
    }

    [Test]
    public void An_agent_that_needs_no_guardian_arms_without()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
    }
}
