using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Agent;

/// <summary>
/// The agent's side of the bridge: shared memory that local hosts, observers and the process of the
/// remote lane (<see cref="Remote.RemoteLane"/>) sit down at, and a thread that serves their
/// handshakes and requests. No socket.
/// </summary>
/// <remarks>
/// The members of <see cref="IAgentChannel"/> belong to one real-time thread; they take no lock and
/// allocate nothing. Dispose only after that thread has ended. A state's hop stamps travel as the
/// agent filled them: planned, command sent, agent received (from the envelope), the bus's.
/// </remarks>
public sealed class AgentBridge : IAgentChannel, IDisposable
{
    /// <summary>How addresses of this lane begin.</summary>
    public const string Scheme = "shm:";

    private readonly AgentTally _tally = new();
    private readonly OwnerLease _lease;
    private readonly LanePage _page;
    private readonly AgentEnd _loop;
    private readonly LaneDesk _desk;
    private bool _disposed;

    private AgentBridge(AgentBridgeOptions options)
    {
        var agent = new AgentIdentity(options);
        _lease = new OwnerLease(MonotonicClock.Nanoseconds(options.OwnerSilence));
        string path = options.SharedMemoryPath ?? LanePlace.Unique();
        _page = LanePage.Create(path, options.Joints.Count, agent.Id);
        Endpoint = Scheme + path;
        _loop = new AgentEnd(_page, agent, _lease, _tally);
        var rules = new SessionDesk(agent, _lease, _tally, _loop.Deliver, () => _loop.IsArmed);
        _desk = new LaneDesk(_page, rules, _loop, _tally);
        _desk.Start();
    }

    /// <summary>Where hosts and observers connect, such as "shm:/dev/shm/hilrig/x.lane".</summary>
    public string Endpoint { get; }

    /// <summary>What was counted so far. Any thread.</summary>
    public AgentBridgeCounters Counters => _tally.Snapshot();

    /// <inheritdoc/>
    public SessionKey Owner => _lease.Key;

    /// <inheritdoc/>
    public StopReason RequestedStop => _loop.RequestedStop;

    /// <summary>Opens the bridge and starts its thread.</summary>
    /// <param name="options">Rig, joints, deadman, file.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="DeviceException">The shared memory cannot be made.</exception>
    public static AgentBridge Open(AgentBridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LanePlace.Sweep();
        LaneCode.Prepare();
        return new AgentBridge(options);
    }

    /// <inheritdoc/>
    public AgentRequest Wait(long untilNanoseconds) => _loop.Wait(untilNanoseconds);

    /// <inheritdoc/>
    public bool TryTakeCommand(JointCommand command, out CommandEnvelope envelope) =>
        _loop.TryTake(command, out envelope);

    /// <inheritdoc/>
    public void Publish(JointState state, AgentReport report) => _loop.Publish(state, report);

    /// <summary>
    /// Ends the thread and removes the shared memory. The real-time thread must have ended.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _desk.Stop();
        _page.Delete();
        _page.Dispose();
    }
}
