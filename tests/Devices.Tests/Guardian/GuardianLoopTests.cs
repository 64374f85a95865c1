using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;
using HilRig.Devices.Power;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Guardian;

/// <summary>Each test has a real process in the agent's place, killed with SIGKILL.</summary>
[Platform("Linux")]
[CancelAfter(60_000)]
internal sealed class GuardianLoopTests
{
    [Test]
    public void An_agent_killed_in_the_middle_of_a_packet_leaves_a_held_and_latched_rig()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        InMemoryServos servos = bench.Servers.Servos;
        servos.FollowsGoals = false;
        MoveAll(servos);
        bench.Agent.Kill();
        GuardianOutcome outcome = bench.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
            foreach (byte id in (byte[])[1, 2, 3])
            {
                Assert.That(servos.Get(id, Sts3215.GoalPosition), Is.EqualTo(2000 + id));
                Assert.That(servos.Get(id, Sts3215.TorqueLimit), Is.EqualTo(500));
                Assert.That(servos.Get(id, Sts3215.TorqueEnable), Is.EqualTo(1));
            }

            Assert.That(bench.Page.GuardianStopReason, Is.EqualTo(StopReason.AgentDied));
            Assert.That(bench.Page.GuardianStopAcknowledged, Is.True);
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.AgentDied));
            Assert.That(bench.Latch?.Acknowledged, Is.True);
        }
    }

    [Test]
    public void A_hung_agent_is_killed_before_its_port_is_taken()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        MoveAll(bench.Servers.Servos);
        bench.Page.AgentHealth = PlantHealth.Armed;
        bench.StopBeating();
        GuardianOutcome outcome = bench.Run();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
            Assert.That(bench.Agent.WaitForExit(1000), Is.True);
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.AgentDied));
            Assert.That(bench.Servers.Servos.Get(2, Sts3215.TorqueLimit), Is.EqualTo(500));
        }
    }

    [Test]
    public void An_agent_that_does_not_obey_the_emergency_stop_is_replaced()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.AgentHealth = PlantHealth.Armed;
        bench.EmergencyStop.Status = EmergencyStopStatus.Lost;
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Page.EmergencyStopNanoseconds, Is.Positive);
            Assert.That(bench.Page.GuardianStopReason, Is.EqualTo(StopReason.EmergencyStop));
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.EmergencyStop));
            Assert.That(bench.Log, Does.Contain("a button: Lost"));
        }
    }

    [TestCase(PlantHealth.Armed, 80, 300)]
    [TestCase(PlantHealth.Disarmed, 400, 1_000)]
    [CancelAfter(20_000)]
    public void A_rig_that_may_move_is_given_less_time_than_one_that_may_not(
        PlantHealth health, int fromMilliseconds, int toMilliseconds)
    {
        using GuardianBench bench = new GuardianBench(options: new GuardianOptions
        {
            HeartbeatTimeout = TimeSpan.FromMilliseconds(80),
            DisarmedHeartbeatTimeout = TimeSpan.FromMilliseconds(400),
        }).Beating();
        bench.Page.AgentHealth = health;
        bench.StopBeating();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        long silence = bench.Page.GuardianStopNanoseconds - bench.Page.AgentBeatNanoseconds;
        Assert.That(silence / 1e6, Is.InRange(fromMilliseconds, toMilliseconds));
    }

    [Test]
    public void A_rehearsal_touches_no_servo_and_leaves_no_file()
    {
        using var bench = new GuardianBench();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Servers.Servos.WrittenAddresses, Is.Empty);
            Assert.That(bench.Latch, Is.Null);
            Assert.That(bench.Log, Does.Not.Contain("rehearsal"), "it reached its posture");
            Assert.That(
                Directory.GetFiles(Path.GetDirectoryName(bench.Page.Path)!, "*rehearsal*"),
                Is.Empty);
        }
    }

    [Test]
    public void An_agent_that_does_not_stop_after_its_host_died_is_replaced_in_time()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        MoveAll(bench.Servers.Servos);
        long before = bench.Clock.NowNanoseconds;
        GuardianOutcome outcome = bench.Run(new CancellationToken(canceled: true));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
            Assert.That(
                bench.Page.GuardianStopNanoseconds - before, Is.GreaterThanOrEqualTo(350_000_000));
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.HostDied));
        }
    }

    [Test]
    public void A_host_process_that_has_ended_is_noticed_without_its_pipe()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.HostProcessId = int.MaxValue;
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        Assert.That(bench.Page.GuardianStopReason, Is.EqualTo(StopReason.HostDied));
    }

    [Test]
    public void An_agent_whose_deadman_has_acted_is_left_alone_after_its_host_died()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.AgentStopReason = StopReason.DeadmanExpired;
        bench.Page.AgentStopAcknowledged = true;
        bench.Page.AgentHealth = PlantHealth.Stopped;
        using var hostGone = new CancellationTokenSource();
        hostGone.Cancel();
        var ending = new Thread(() =>
        {
            bench.Clock.SleepUntil(bench.Clock.NowNanoseconds + 500_000_000);
            bench.Page.AgentEnded = true;
            bench.Agent.Kill();
        });
        ending.Start();
        GuardianOutcome outcome = bench.Run(hostGone.Token);
        ending.Join();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.AgentEnded), bench.Log);
            Assert.That(bench.Servers.Servos.WrittenAddresses, Is.Empty);
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.DeadmanExpired));
            Assert.That(bench.Latch?.Acknowledged, Is.True);
        }
    }

    [Test]
    public void An_agent_that_ended_in_good_order_leaves_no_latch()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.AgentStopReason = StopReason.Requested;
        bench.Page.AgentStopAcknowledged = true;
        bench.Page.AgentHealth = PlantHealth.Stopped;
        bench.Page.AgentEnded = true;
        bench.Agent.Kill();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.AgentEnded), bench.Log);
        Assert.That(bench.Latch, Is.Null);
    }

    [Test]
    public void An_agent_that_died_before_its_loop_ran_is_none_of_the_guardians_business()
    {
        using var bench = new GuardianBench();
        bench.Page.AgentBeatNanoseconds = 0;
        bench.Agent.Kill();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.NothingToGuard), bench.Log);
        Assert.That(bench.Servers.Servos.WrittenAddresses, Is.Empty);
    }

    [Test]
    public void A_process_that_has_not_beaten_since_the_guardian_began_is_not_killed()
    {
        using var bench = new GuardianBench();
        using var hostGone = new CancellationTokenSource(TimeSpan.FromMilliseconds(600));
        GuardianOutcome outcome = bench.Run(hostGone.Token);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.NothingToGuard), bench.Log);
            Assert.That(bench.Agent.WaitForExit(0), Is.False, "the process of a stale page lives");
            Assert.That(bench.Servers.Servos.WrittenAddresses, Is.Empty);
            Assert.That(bench.Latch, Is.Null);
        }
    }

    [Test]
    public void A_stale_page_whose_process_is_gone_is_nothing_to_guard()
    {
        using var bench = new GuardianBench();
        bench.Agent.Kill();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.NothingToGuard), bench.Log);
        Assert.That(bench.Servers.Servos.WrittenAddresses, Is.Empty);
    }

    [Test]
    public void A_process_that_got_the_id_of_the_dead_agent_lives_on_while_the_rig_is_taken()
    {
        using var other = ScriptedAgentProcess.Idle();
        using var bench = new GuardianBench();
        bench.Page.AgentStartTicks = ProcessStart.TicksOf(other.Id) - 1;
        bench.Page.AgentProcessId = other.Id;
        bench.Beating();
        bench.StopBeating();
        bench.Agent.Kill();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
            Assert.That(other.WaitForExit(0), Is.False);
        }
    }

    [Test]
    public void An_agent_that_closes_after_its_loop_has_ended_is_not_hung()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.AgentLoopEnded = true;
        bench.StopBeating();
        GuardianOutcome outcome = bench.RunWhile(() =>
        {
            bench.Clock.SleepUntil(bench.Clock.NowNanoseconds + 600_000_000);
            bool isAlive = !bench.Agent.WaitForExit(0);
            bench.Page.AgentEnded = true;
            bench.Agent.Kill();
            Assert.That(isAlive, "left alone for longer than the heartbeat timeout");
        });
        Assert.That(outcome, Is.EqualTo(GuardianOutcome.AgentEnded), bench.Log);
    }

    [Test]
    public void A_process_that_does_not_follow_its_unsafe_loop_is_replaced()
    {
        using GuardianBench bench = new GuardianBench(options: new GuardianOptions
        {
            AgentExitTimeout = TimeSpan.FromMilliseconds(50),
        }).Beating();
        bench.Page.AgentLoopEnded = true;
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        Assert.That(bench.Agent.WaitForExit(1000), Is.True);
        Assert.That(bench.Log, Does.Contain("loop ended"));
    }

    [Test]
    public void A_silent_servo_is_named_and_nothing_is_claimed_for_it()
    {
        using GuardianBench bench = new GuardianBench(options: new GuardianOptions
        {
            PostureTimeout = TimeSpan.FromMilliseconds(400),
        }).Beating();
        MoveAll(bench.Servers.Servos);
        bench.Servers.Servos.IsSilent[2] = true;
        bench.Agent.Kill();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOverUnconfirmed), bench.Log);
            Assert.That(bench.Log, Does.Contain("servo 2 of bus servo did not confirm"));
            Assert.That(bench.Servers.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500));
            Assert.That(bench.Servers.Servos.Get(3, Sts3215.TorqueLimit), Is.EqualTo(500));
            Assert.That(bench.Latch?.Acknowledged, Is.False);
            Assert.That(bench.Page.GuardianStopAcknowledged, Is.False);
        }
    }

    [Test]
    public void The_guardian_lowers_the_arm_where_the_rig_says_so()
    {
        using GuardianBench bench = new GuardianBench(LoweringFor(seconds: 0.25)).Beating();
        MoveAll(bench.Servers.Servos);
        bench.Agent.Kill();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        Assert.That(
            bench.Servers.Servos.Get(1, Sts3215.PresentPosition),
            Is.EqualTo(2048 + 0.5 * TestRigs.TicksPerRadian).Within(1));
    }

    [Test]
    public void A_rig_that_is_held_and_cannot_be_lowered_is_no_confirmed_posture()
    {
        using GuardianBench bench = new GuardianBench(LoweringFor(seconds: 30)).Beating();
        MoveAll(bench.Servers.Servos);
        bench.Agent.Kill();
        GuardianOutcome outcome = bench.RunWhile(() =>
        {
            SpinWait.SpinUntil(() => bench.Page.GuardianStopAcknowledged);
            bench.Servers.Dispose();
        });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome, Is.EqualTo(GuardianOutcome.TookOverUnconfirmed), bench.Log);
            Assert.That(bench.Log, Does.Contain("held, not lowered"));
            Assert.That(bench.Latch?.Acknowledged, Is.True, "the hold was confirmed");
            Assert.That(bench.Latch?.Detail, Does.Contain("held, not lowered"));
        }
    }

    [Test]
    public void An_agent_that_stopped_and_then_ended_unsafe_leaves_its_own_reason_in_the_latch()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        bench.Page.AgentStopReason = StopReason.BusLost;
        bench.Page.AgentHealth = PlantHealth.Faulted;
        bench.Page.AgentLoopEnded = true;
        bench.Agent.Kill();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
            Assert.That(bench.Latch?.Reason, Is.EqualTo(StopReason.BusLost));
            Assert.That(bench.Latch?.Detail, Does.Contain("ended without leaving the rig safe"));
            Assert.That(bench.Latch?.Acknowledged, Is.True);
            Assert.That(bench.Page.GuardianStopReason, Is.EqualTo(StopReason.AgentDied));
        }
    }

    [Test]
    public void A_latch_that_cannot_be_written_does_not_keep_the_rig_from_being_held()
    {
        using GuardianBench bench = new GuardianBench().Beating();
        MoveAll(bench.Servers.Servos);
        Directory.CreateDirectory(new RigLatch(bench.Key).Path);
        bench.Page.AgentStopReason = StopReason.ServoLost;
        bench.Page.AgentHealth = PlantHealth.Faulted;
        bench.Agent.Kill();
        Assert.That(bench.Run(), Is.EqualTo(GuardianOutcome.TookOver), bench.Log);
        Assert.That(bench.Servers.Servos.Get(1, Sts3215.TorqueLimit), Is.EqualTo(500));
        Assert.That(bench.Log, Does.Contain("the latch cannot be kept"));
    }

    [Test]
    public void A_second_guardian_of_the_same_rig_is_refused()
    {
        using var bench = new GuardianBench();
        Assert.That(
            () => new GuardianLoop(
                new GuardianOptions(),
                bench.Rig,
                bench.Key,
                bench.Page,
                bench.Clock,
                TextWriter.Null),
            Throws.TypeOf<DeviceException>().With.Message.Contains("guardian of test rig"));
    }

    private static SafePosture LoweringFor(double seconds) => TestRigs.HoldAt(0.5) with
    {
        Policy = SafePosturePolicy.HoldThenLower,
        HoldSeconds = 0.05,
        LowerVelocity = 0.5 / seconds,
        RestPosition = new Dictionary<string, double> { ["joint1"] = 0.5 },
    };

    private static void MoveAll(InMemoryServos servos)
    {
        foreach (byte id in (byte[])[1, 2, 3])
        {
            servos.Set(id, Sts3215.TorqueEnable, 1);
            servos.Set(id, Sts3215.GoalPosition, 3000);
            servos.Set(id, Sts3215.PresentPosition, 2000 + id);
        }
    }
}
