using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using HilRig.Devices.Tests.Support;
using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Tests.Agent;

/// <summary>The whole agent in real time: connector, bus, wire pace, servo physics.</summary>
[Platform("Linux")]
[NonParallelizable]
internal sealed class AgentOnVirtualArmTests
{
    [Test]
    [CancelAfter(60_000)]
    public void A_commanded_arm_follows_and_stops_confirmed_when_the_host_falls_silent(
        CancellationToken cancelled)
    {
        // Long enough for the stalls of a busy machine.
        using var bench = new VirtualArmBench(deadmanSeconds: 0.5);
        Arm(bench, cancelled);
        int answered = Drive(bench, tickCount: 1000);
        long lastSent = bench.Clock.NowNanoseconds;
        bench.WaitFor(state => state.Health != PlantHealth.Armed, cancelled);
        bench.WaitFor(_ => bench.Page.AgentStopAcknowledged, cancelled);
        AgentReport report = bench.Report;
        double stopMilliseconds = (bench.Page.AgentStopNanoseconds - lastSent) / 1e6;
        TestContext.Out.WriteLine(
            $"answered {answered} of 1000, "
            + $"stopped {stopMilliseconds:F1} ms after the last command, "
            + $"retries {report.BusRetryCount}, errors {report.BusErrorCount}, "
            + $"allocated by the whole process since warm-up {report.AllocatedBytes} bytes");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.StopReason, Is.EqualTo(StopReason.DeadmanExpired));
            Assert.That(report.StopAcknowledged, Is.True);
            Assert.That(answered, Is.GreaterThan(250));
            Assert.That(bench.State.Position[0], Is.EqualTo(0.4).Within(0.1));
            Assert.That(stopMilliseconds, Is.GreaterThan(450));
        }
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_servo_that_drops_out_while_moving_faults_the_rig(CancellationToken cancelled)
    {
        // On a busy machine the measured latency is high and five time-outs take a while.
        using var bench = new VirtualArmBench(deadmanSeconds: 0.4);
        Arm(bench, cancelled);
        Drive(bench, tickCount: 50);
        bench.Server.Inject(FaultText.Parse("off id=3"));
        for (int i = 0; i < 500 && bench.Loop.Health == PlantHealth.Armed; i++)
        {
            Drive(bench, tickCount: 1, position: 0.02);
        }

        bench.WaitFor(state => state.Health == PlantHealth.Faulted, cancelled);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bench.Report.StopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(bench.Report.StopJoint, Is.EqualTo(2));
            Assert.That(bench.Report.StopAcknowledged, Is.False);
            Assert.That(bench.State.FreshJoints, Is.EqualTo(0b111011UL));
        }
    }

    private static long _sequence;

    private static void Arm(VirtualArmBench bench, CancellationToken cancelled)
    {
        _sequence = 0;
        bench.Channel.Ask(AgentRequest.Arm);
        bench.WaitFor(state => state.Health == PlantHealth.Armed, cancelled);
    }

    // A ramp of 0.1 rad/s. Returns the commands that were answered.
    private static int Drive(VirtualArmBench bench, int tickCount, double? position = null)
    {
        var command = new JointCommand(VirtualArmBench.ServoCount);
        Array.Fill(command.TorqueEnabled, true);
        var source = new GridTickSource(
            bench.Clock,
            VirtualArmBench.Period,
            bench.Clock.NowNanoseconds + VirtualArmBench.Period,
            tickCount);
        int answered = 0;
        while (source.WaitNext(out Tick tick) == TickStatus.Due)
        {
            Array.Fill(command.Position, position ?? 0.0004 * (tick.Index + 1));
            command.Sequence = ++_sequence;
            command.PlannedNanoseconds = tick.PlannedNanoseconds;
            command.CreatedNanoseconds = tick.WokeNanoseconds;
            command.ValidUntilNanoseconds = tick.PlannedNanoseconds + 2 * VirtualArmBench.Period;
            bench.Channel.Send(command);
            while (bench.Channel.TryReadState(bench.State))
            {
                answered += bench.State.AnsweredCommandSequence > 0 ? 1 : 0;
            }
        }

        return answered;
    }
}
