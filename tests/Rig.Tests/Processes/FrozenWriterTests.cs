using HilRig.Bridge.Agent;
using HilRig.Bridge.Remote;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Rig.Tests.Processes;

/// <summary>
/// A process that commands at 1 kHz is frozen for 5 s and wakes. Every command it ever sent is
/// accounted for, and none that was accepted was older than its validity, as measured here and not
/// by the gate.
/// </summary>
[CancelAfter(300_000)]
[Platform("Linux")]
public sealed class FrozenWriterTests
{
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private const long FrozenNanoseconds = 5_000_000_000;
    private const long ValidityNanoseconds = 2_000_000;

    [TestCase(false)]
    [TestCase(true)]
    public void No_stale_command_is_acted_on_and_each_refused_one_is_counted(bool isRemote)
    {
        using AgentBridge bridge = AgentBridge.Open(new AgentBridgeOptions
        {
            RigName = "bench",
            RigSha256 = "",
            Joints =
            [
                .. Enumerable.Range(0, 6).Select(i => new JointDescription(
                    $"joint{i}", JointKind.Revolute, new JointLimits(-1, 1, 1, 1))),
            ],
            Deadman = TimeSpan.FromSeconds(10),
            OwnerSilence = TimeSpan.FromSeconds(60),
        });
        using RemoteLane? lane = isRemote
            ? RemoteLane.Open(new RemoteLaneOptions { Agent = bridge.Endpoint })
            : null;
        var gate = new CommandGate(10_000_000_000);
        long oldest = 0;
        long took = 0;
        bool ending = false;
        var agent = new Thread(() => Serve(
            bridge, gate, () => Volatile.Read(ref ending), ref oldest, ref took));
        agent.Start();
        using (HilrigRun writer = HilrigRun.StartWithInput(
            "bench", "bridge", "--drive", lane?.Endpoint ?? bridge.Endpoint, "--priority", "0"))
        {
            Await(() => Interlocked.Read(ref took) > 500);
            ChildProcesses.Signal(writer.Pid, SigStop);
            long until = MonotonicClock.NowNanoseconds + FrozenNanoseconds;
            Await(() => MonotonicClock.NowNanoseconds > until);
            long before = Interlocked.Read(ref took);
            ChildProcesses.Signal(writer.Pid, SigContinue);
            Await(() => Interlocked.Read(ref took) > before + 500);
            writer.CloseInput();
            Assert.That(writer.AwaitExit(TimeSpan.FromSeconds(30)), Is.Zero, writer.Error);
            Volatile.Write(ref ending, true);
            agent.Join();
            long sent = long.Parse(writer.Output.Trim().Split('\n')[^1]);
            AgentBridgeCounters counters = bridge.Counters;
            Assert.That(gate.Counts.Sum() + counters.CommandsSuperseded, Is.EqualTo(sent));
        }

        TestContext.Out.WriteLine(
            $"verdicts {string.Join(' ', gate.Counts)}, oldest accepted {oldest / 1e6} ms");
        Assert.That(oldest, Is.LessThanOrEqualTo(ValidityNanoseconds));
        Assert.That(gate.Counts[(int)CommandVerdict.Accepted], Is.GreaterThan(0));
    }

    private static void Serve(
        AgentBridge bridge, CommandGate gate, Func<bool> isEnding, ref long oldest, ref long took)
    {
        var command = new JointCommand(6);
        var state = new JointState(6) { FreshJoints = ulong.MaxValue };
        var report = new AgentReport();
        while (!isEnding())
        {
            AgentRequest asked = bridge.Wait(MonotonicClock.NowNanoseconds + 10_000_000);
            state.Health = (asked & AgentRequest.Rearm) != 0 ? PlantHealth.Disarmed : state.Health;
            state.Health = (asked & AgentRequest.Arm) != 0 ? PlantHealth.Armed : state.Health;
            state.Health = (asked & AgentRequest.Stop) != 0 ? PlantHealth.Stopped : state.Health;
            report.StopAcknowledged = state.Health == PlantHealth.Stopped;
            if (bridge.TryTakeCommand(command, out CommandEnvelope envelope))
            {
                long now = MonotonicClock.NowNanoseconds;
                if (gate.Judge(bridge.Owner, envelope, command, now) == CommandVerdict.Accepted)
                {
                    oldest = Math.Max(oldest, now - command.PlannedNanoseconds);
                }

                Interlocked.Increment(ref took);
            }

            state.Sequence++;
            bridge.Publish(state, report);
        }
    }

    private static void Await(Func<bool> condition) => Assert.That(
        SpinWait.SpinUntil(condition, TimeSpan.FromSeconds(30)), Is.True, "it never came");
}
