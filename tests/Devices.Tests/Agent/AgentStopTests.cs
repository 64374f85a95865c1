using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Devices.Agent;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Agent;

/// <summary>Deadman of the test rig: 100 ms; hold with half the torque.</summary>
internal sealed class AgentStopTests
{
    private const long Deadman = 100_000_000;

    [Test]
    public void The_deadman_stops_an_armed_rig_on_time_and_every_servo_confirms()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Servos.FollowsGoals = false;
        bench.Servos.Set(2, Sts3215.PresentPosition, 2300);
        long fed = bench.Clock.NowNanoseconds;
        bench.StepUntil(fed + Deadman - 1);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        bench.StepUntil(fed + Deadman);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Clock.NowNanoseconds, Is.EqualTo(fed + Deadman));
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Stopped));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
            Assert.That(bench.Servos.Get(2, Sts3215.GoalPosition), Is.EqualTo(2300));
            Assert.That(bench.Servos.Get(2, Sts3215.TorqueLimit), Is.EqualTo(500));
            Assert.That(bench.Servos.Get(2, Sts3215.TorqueEnable), Is.EqualTo(1));
            Assert.That(bench.Page.AgentStopNanoseconds, Is.EqualTo(fed + Deadman));
            Assert.That(bench.Page.AgentStopAcknowledged, Is.True);
        }
    }

    [Test]
    public void A_command_after_the_deadman_has_expired_does_not_revive_it()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Clock.NowNanoseconds += Deadman - AgentBench.Period;
        bench.SendAndStep();
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
        Assert.That(
            bench.Channel.Report.CommandCounts[(int)CommandVerdict.NotArmed], Is.EqualTo(1));
    }

    [Test]
    public void The_first_command_may_take_longer_but_not_for_ever()
    {
        using AgentBench bench = new AgentBench(
            options: new AgentOptions
            {
                FirstCommandTimeout = TimeSpan.FromMilliseconds(500),
            }).Armed();
        long armed = bench.Clock.NowNanoseconds;
        bench.StepUntil(armed + 499_000_000);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        bench.StepUntil(armed + 500_000_000);
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
    }

    [TestCase(CommandVerdict.Stale)]
    [TestCase(CommandVerdict.Duplicate)]
    [TestCase(CommandVerdict.Reordered)]
    [TestCase(CommandVerdict.ForeignSession)]
    [TestCase(CommandVerdict.NotOwner)]
    [TestCase(CommandVerdict.Illegal)]
    public void Only_valid_fresh_commands_feed_the_deadman(CommandVerdict verdict)
    {
        using AgentBench bench = new AgentBench(
            options: new AgentOptions { IllegalCommandLimit = int.MaxValue }).Armed();
        bench.Command.Sequence = 100;
        bench.SendAndStep();
        long fed = bench.Clock.NowNanoseconds;
        while (bench.Loop.Health == PlantHealth.Armed)
        {
            bench.Clock.NowNanoseconds += AgentBench.Period;
            bench.Command.Sequence = verdict switch
            {
                CommandVerdict.Duplicate => 101,
                CommandVerdict.Reordered => 5,
                _ => bench.Command.Sequence + 1,
            };
            bench.Stamp();
            bench.Command.ValidUntilNanoseconds = verdict == CommandVerdict.Stale
                ? bench.Clock.NowNanoseconds - 1
                : bench.Command.ValidUntilNanoseconds;
            bench.Command.Position[0] = verdict == CommandVerdict.Illegal ? 99 : 0;
            bench.Channel.Send(bench.Command, verdict switch
            {
                CommandVerdict.ForeignSession => new SessionKey(12, 1),
                CommandVerdict.NotOwner => new SessionKey(11, 2),
                _ => bench.Channel.Owner,
            });
            bench.Loop.Step();
            Assert.That(bench.Clock.NowNanoseconds, Is.LessThanOrEqualTo(fed + Deadman));
        }

        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
        Assert.That(bench.Channel.Report.CommandCounts[(int)verdict], Is.GreaterThan(20));
    }

    [Test]
    public void A_servo_that_misses_fewer_reads_than_the_limit_stops_nothing()
    {
        using AgentBench bench = new AgentBench().Armed();
        for (int i = 0; i < 10; i++)
        {
            // The first answer after a silence may be an old one: only the second counts.
            bench.Servos.IsSilent[2] = i % 5 < 3;
            bench.SendAndStep();
            Assert.That(
                bench.Channel.State.FreshJoints, Is.EqualTo(i % 5 != 4 ? 0b101UL : 0b111UL));
        }

        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        Assert.That(bench.Channel.Report.BusErrorCount, Is.GreaterThan(0));
    }

    [Test]
    public void A_long_silence_of_few_reads_stops_nothing()
    {
        using AgentBench bench = new AgentBench(
            options: new AgentOptions { LostReadLimit = 30 }).Armed();
        bench.Servos.IsSilent[2] = true;
        for (int i = 0; i < 29; i++)
        {
            bench.SendAndStep();
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        }

        bench.SendAndStep();
        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.ServoLost));
    }

    [Test]
    public void A_lost_servo_faults_the_rig_and_the_others_take_the_posture()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Servos.IsSilent[2] = true;
        for (long silent = 0; silent < Deadman / 2; silent += AgentBench.Period)
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
            bench.SendAndStep();
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(1));
            Assert.That(
                bench.Channel.Report.StopAcknowledged, Is.False, "the lost servo has not");
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500));
            Assert.That(bench.Servos.Get(3, Sts3215.TorqueLimit), Is.EqualTo(500));
            Assert.That(bench.Page.AgentHealth, Is.EqualTo(PlantHealth.Faulted));
        }

        bench.Servos.IsSilent[2] = false;
        bench.Loop.Step();
        bench.Loop.Step();
        Assert.That(
            bench.Channel.Report.StopAcknowledged, Is.True, "once it is back it is held too");
    }

    [Test]
    public void A_bus_on_which_every_servo_falls_silent_blames_no_joint()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        Array.Fill(bench.Servos.IsSilent, true);
        for (long silent = 0; silent < Deadman; silent += AgentBench.Period)
        {
            bench.SendAndStep();
        }

        Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.ServoLost));
        Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(-1));
    }

    [Test]
    public void A_servo_that_is_silent_from_the_start_is_lost_only_after_half_the_deadman()
    {
        using var bench = new AgentBench();
        bench.Servos.IsSilent[2] = true;
        bench.Loop.Begin();
        long start = bench.Clock.NowNanoseconds;
        while (bench.Loop.Health == PlantHealth.Disarmed)
        {
            bench.SendAndStep();
        }

        Assert.That(bench.Loop.StopReason, Is.EqualTo(StopReason.ServoLost));
        Assert.That(
            bench.Clock.NowNanoseconds - start, Is.InRange(Deadman / 2, Deadman * 6 / 10));
    }

    private static IEnumerable<TestCaseData> ServoFaults()
    {
        yield return Fault("overload", servos => servos.Errors[3] = ServoErrors.Overload);
        yield return Fault("heat bit", servos => servos.Errors[3] = ServoErrors.Temperature);
        yield return Fault("status register", servos => servos.Set(3, Sts3215.Status, 1));
        yield return Fault("low supply", servos => servos.Set(3, Sts3215.PresentVoltage, 89));
        yield return Fault("high supply", servos => servos.Set(3, Sts3215.PresentVoltage, 141));
        yield return Fault("hot", servos => servos.Set(3, Sts3215.PresentTemperature, 66));

        static TestCaseData Fault(string name, Action<InMemoryServos> cause) =>
            new TestCaseData(cause).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(ServoFaults))]
    public void A_servo_at_fault_stops_the_rig_at_the_third_read(Action<InMemoryServos> cause)
    {
        using AgentBench bench = new AgentBench().Armed();
        cause(bench.Servos);
        bench.SendAndStep();
        bench.SendAndStep();
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Armed));
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.ServoError));
            Assert.That(bench.Channel.Report.StopJoint, Is.EqualTo(2));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
        }
    }

    [Test]
    public void A_bus_that_is_gone_faults_the_rig_and_nothing_is_claimed_confirmed()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Servos.IsUnplugged = true;
        bench.SendAndStep();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
            Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(StopReason.BusLost));
            Assert.That(bench.Channel.Report.StopAcknowledged, Is.False);
            Assert.That(bench.Channel.State.FreshJoints, Is.Zero);
        }

        bench.Ask(AgentRequest.Rearm);
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Faulted));
    }

    [TestCase(StopReason.HostDied)]
    [TestCase(StopReason.Requested)]
    public void A_stop_from_another_thread_is_acted_on_within_the_idle_period(StopReason reason)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Loop.RequestStop(reason);
        bench.Loop.Step();
        Assert.That(bench.Channel.Report.StopReason, Is.EqualTo(reason));
        Assert.That(bench.Channel.Report.StopAcknowledged, Is.True);
    }

    [Test]
    public void A_loop_that_ends_because_its_host_died_says_so()
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.SendAndStep();
        bench.Loop.RequestStop(StopReason.HostDied);
        bench.Loop.Run(new CancellationToken(canceled: true));
        Assert.That(bench.Page.AgentStopReason, Is.EqualTo(StopReason.HostDied));
    }

    [Test]
    public void A_host_that_dies_before_it_has_armed_leaves_no_latch()
    {
        using var bench = new AgentBench();
        bench.Loop.Begin();
        bench.Loop.RequestStop(StopReason.HostDied);
        bench.Loop.Step();
        Assert.That(bench.Loop.Health, Is.EqualTo(PlantHealth.Disarmed));
        Assert.That(bench.Page.AgentStopReason, Is.EqualTo(StopReason.None));
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_quit_takes_the_posture_first_and_leaves_the_page_in_good_order(
        CancellationToken cancelled)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Channel.Ask(AgentRequest.Quit);
        bool isSafe = bench.Loop.Run(cancelled);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSafe, Is.True);
            Assert.That(bench.Page.AgentEnded, Is.True);
            Assert.That(bench.Page.AgentStopReason, Is.EqualTo(StopReason.Requested));
            Assert.That(bench.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500));
        }
    }

    [Test]
    [CancelAfter(20_000)]
    public void An_agent_that_cannot_confirm_its_posture_leaves_the_rest_to_the_guardian(
        CancellationToken cancelled)
    {
        using AgentBench bench = new AgentBench().Armed();
        bench.Servos.IsSilent[1] = true;
        bench.Channel.Ask(AgentRequest.Quit);
        Assert.That(bench.Loop.Run(cancelled), Is.False);
        Assert.That(bench.Page.AgentEnded, Is.False);
        Assert.That(bench.Page.AgentLoopEnded, Is.True, "the guardian waits for its end");
        Assert.That(
            bench.Page.AgentStartTicks,
            Is.EqualTo(ProcessStart.TicksOf(bench.Page.AgentProcessId)));
    }

    [Test]
    [CancelAfter(20_000)]
    public void A_cancelled_agent_that_never_armed_touches_nothing()
    {
        using var bench = new AgentBench();
        Assert.That(bench.Loop.Run(new CancellationToken(canceled: true)), Is.True);
        Assert.That(bench.Servos.WrittenAddresses, Is.Empty);
        Assert.That(bench.Page.AgentEnded, Is.True);
    }
}
