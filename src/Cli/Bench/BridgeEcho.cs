using HilRig.Bridge.Agent;
using HilRig.Bridge.SharedMemory;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// The agent of the bridge bench, without servos: answers every command with a state at once, and
/// says with it how much its process has allocated.
/// </summary>
internal sealed class BridgeEcho : IDisposable
{
    private const long IdleNanoseconds = 10_000_000;
    private readonly IRigClock _clock;
    private readonly AgentBridge _bridge;
    private readonly CancellationTokenSource _ending = new();
    private readonly Thread _agent;
    private readonly int _priority;

    /// <summary>Opens it.</summary>
    /// <param name="clock">The clock of all stamps.</param>
    /// <param name="waiting">How its loop waits.</param>
    /// <param name="priority">SCHED_FIFO priority of its loop; 0: ordinary.</param>
    public BridgeEcho(IRigClock clock, LaneWaiting waiting, int priority)
    {
        _clock = clock;
        _priority = priority;
        _bridge = AgentBridge.Open(Options() with { Waiting = waiting });
        _agent = new Thread(RunAgent) { Name = "bench-agent" };
        _agent.Start();
    }

    /// <summary>Names, hash and joints that both processes agree on.</summary>
    public static AgentBridgeOptions Options() => new()
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
    };

    /// <summary>Where it is.</summary>
    public string Address => _bridge.Endpoint;

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _agent.Join();
        _bridge.Dispose();
        _ending.Dispose();
    }

    private void RunAgent()
    {
        using RealTimeKit kit = RealTimeKit.Enter(BridgeBench.Loop(_priority));
        int dofCount = Options().Joints.Count;
        var command = new JointCommand(dofCount);
        var state = new JointState(dofCount) { FreshJoints = ulong.MaxValue };
        var report = new AgentReport();
        while (!_ending.IsCancellationRequested)
        {
            AgentRequest asked = _bridge.Wait(_clock.NowNanoseconds + IdleNanoseconds);
            state.Health = (asked & AgentRequest.Rearm) != 0 ? PlantHealth.Disarmed : state.Health;
            state.Health = (asked & AgentRequest.Arm) != 0 ? PlantHealth.Armed : state.Health;
            state.Health = (asked & AgentRequest.Stop) != 0 ? PlantHealth.Stopped : state.Health;
            report.StopAcknowledged = state.Health == PlantHealth.Stopped;
            bool answers = _bridge.TryTakeCommand(command, out CommandEnvelope envelope);
            state.AnsweredCommandSequence = answers ? command.Sequence : 0;
            command.Position.CopyTo(state.Position, 0);
            state.Stamps = new HopStamps
            {
                Planned = command.PlannedNanoseconds,
                CommandSent = envelope.SentNanoseconds,
                AgentReceived = envelope.ReceivedNanoseconds,
                BusReply = envelope.ReceivedNanoseconds,
            };
            state.Sequence++;
            state.SampledNanoseconds = _clock.NowNanoseconds;
            report.AllocatedBytes = GC.GetTotalAllocatedBytes(precise: false);
            report.BusErrorCount = GC.CollectionCount(0);
            _bridge.Publish(state, report);
        }
    }
}
