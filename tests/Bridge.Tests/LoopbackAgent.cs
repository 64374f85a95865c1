using HilRig.Core.RealTime;
using HilRig.Bridge.Agent;
using HilRig.Bridge.Host;
using HilRig.Bridge.Remote;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests;

/// <summary>
/// An agent's real-time loop with perfect servos: it gates commands, copies goals to positions,
/// keeps a deadman, and answers each command with a state. The bridge around it is the real one.
/// </summary>
internal sealed class LoopbackAgent : IDisposable
{
    private const long IdlePeriodNanoseconds = 10_000_000;
    private readonly Thread _thread;
    private readonly RemoteLane? _remote;
    private readonly JointCommand _command;
    private readonly JointState _state;
    private readonly AgentReport _report = new();
    private readonly CommandGate _gate = new(long.MaxValue / 4);
    private readonly long _deadmanNanoseconds;
    private long _fedNanoseconds;
    private long _lastAccepted;
    private long _acceptedCount;
    private volatile bool _ending;

    public LoopbackAgent(AgentBridgeOptions? options = null)
        : this(Lane.SharedMemory, options)
    {
    }

    public LoopbackAgent(Lane lane, AgentBridgeOptions? options = null)
    {
        options ??= Rigs.Agent() with { Deadman = Rigs.Patience };
        Bridge = AgentBridge.Open(options);
        _remote = lane == Lane.ZeroMq
            ? RemoteLane.Open(new RemoteLaneOptions { Agent = Bridge.Endpoint })
            : null;
        _command = new JointCommand(options.Joints.Count);
        _state = new JointState(options.Joints.Count);
        _state.Position.AsSpan().Clear();
        _state.FreshJoints = ulong.MaxValue;
        _deadmanNanoseconds = options.Deadman.Ticks * 100;
        _thread = new Thread(Run) { Name = "loopback-agent" };
        _thread.Start();
    }

    public AgentBridge Bridge { get; }

    /// <summary>Its address on the lane under test.</summary>
    public string Endpoint => _remote?.Endpoint ?? Bridge.Endpoint;

    /// <summary>Commands of the plant that are where the agent can take them.</summary>
    public long Delivered(RemotePlant plant) =>
        (_remote?.Counters.CommandsForwarded ?? plant.Counters.CommandsSent)
        + plant.Counters.CommandsSuperseded;

    /// <summary>While set, the loop neither takes nor publishes: a hung real-time thread.</summary>
    public volatile bool Hangs;

    /// <summary>Bytes its thread allocated per turn, over the last thousand turns.</summary>
    public long AllocatedBytes { get; private set; } = -1;

    /// <summary>Sequence of the newest accepted command.</summary>
    public long LastAccepted => Interlocked.Read(ref _lastAccepted);

    /// <summary>How many commands were accepted.</summary>
    public long AcceptedCount => Interlocked.Read(ref _acceptedCount);

    public void Dispose()
    {
        Hangs = false;
        _ending = true;
        _thread.Join();
        _remote?.Dispose();
        Bridge.Dispose();
    }

    private void Run()
    {
        int turns = 0;
        long before = 0;
        while (!_ending)
        {
            Turn();
            turns++;
            if (turns % 1000 == 0)
            {
                long now = GC.GetAllocatedBytesForCurrentThread();
                AllocatedBytes = turns == 1000 ? -1 : now - before;
                before = GC.GetAllocatedBytesForCurrentThread();
            }
        }
    }

    private void Turn()
    {
        AgentRequest asked = Bridge.Wait(MonotonicClock.NowNanoseconds + IdlePeriodNanoseconds);
        while (Hangs)
        {
            Thread.Yield();
        }

        Obey(asked);
        bool taken = Bridge.TryTakeCommand(_command, out CommandEnvelope envelope);
        long now = MonotonicClock.NowNanoseconds;
        _state.AnsweredCommandSequence = 0;
        _state.Stamps = default;
        if (taken && Admit(envelope, now))
        {
            _command.Position.AsSpan().CopyTo(_state.Position);
            _state.AnsweredCommandSequence = _command.Sequence;
            _state.Stamps = new Core.Time.HopStamps
            {
                Planned = _command.PlannedNanoseconds,
                CommandSent = envelope.SentNanoseconds,
                AgentReceived = envelope.ReceivedNanoseconds,
                BusReply = now,
            };
        }

        if (_state.Health == PlantHealth.Armed && now - _fedNanoseconds > _deadmanNanoseconds)
        {
            StopFor(StopReason.DeadmanExpired);
        }

        _state.Sequence++;
        _state.SampledNanoseconds = now;
        _gate.Counts.CopyTo(_report.CommandCounts);
        Bridge.Publish(_state, _report);
    }

    private bool Admit(in CommandEnvelope envelope, long now)
    {
        if (_gate.Judge(Bridge.Owner, envelope, _command, now) != CommandVerdict.Accepted)
        {
            return false;
        }

        if (_state.Health != PlantHealth.Armed)
        {
            _gate.Refuse(CommandVerdict.NotArmed);
            return false;
        }

        _fedNanoseconds = now;
        Interlocked.Increment(ref _acceptedCount);
        Interlocked.Exchange(ref _lastAccepted, _command.Sequence);
        return true;
    }

    private void Obey(AgentRequest asked)
    {
        bool lifts = (asked & AgentRequest.Rearm) != 0
            || ((asked & AgentRequest.Arm) != 0 && _report.StopReason == StopReason.Requested);
        if (lifts && _state.Health == PlantHealth.Stopped)
        {
            _state.Health = PlantHealth.Disarmed;
            _report.StopReason = StopReason.None;
            _report.StopAcknowledged = false;
        }

        if ((asked & AgentRequest.Arm) != 0 && _state.Health == PlantHealth.Disarmed)
        {
            _state.Health = PlantHealth.Armed;
            _fedNanoseconds = MonotonicClock.NowNanoseconds;
        }

        if ((asked & AgentRequest.Stop) != 0)
        {
            StopFor(Bridge.RequestedStop);
        }
    }

    private void StopFor(StopReason reason)
    {
        if (_state.Health == PlantHealth.Stopped)
        {
            return;
        }

        _state.Health = PlantHealth.Stopped;
        _report.StopReason = reason;
        _report.StopJoint = 1;
        _report.StopAcknowledged = true;
    }
}
