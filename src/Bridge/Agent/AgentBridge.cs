using HilRig.Core.RealTime;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Sessions;
using NetMQ.Sockets;

namespace HilRig.Bridge.Agent;

/// <summary>
/// The agent's side of the bridge: a router socket for handshakes, requests and commands, a
/// publisher socket for states, each on its own thread, both on the loopback address only.
/// </summary>
/// <remarks>
/// The members of <see cref="IAgentChannel"/> belong to one real-time thread; they touch no socket
/// and allocate nothing. Dispose only after that thread has ended. A state's hop stamps travel as
/// the agent filled them: planned, command sent, agent received (from the envelope), the bus's.
/// </remarks>
public sealed class AgentBridge : IAgentChannel, IDisposable
{
    private readonly AgentTally _tally = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly OwnerLease _lease;
    private readonly AgentInbox _inbox;
    private readonly StatePublisher _publisher;
    private readonly SocketThread _stateThread;
    private readonly SocketThread _controlThread;
    private volatile int _health = (int)PlantHealth.Disarmed;
    private ulong _answeredSessionId;
    private bool _disposed;

    private AgentBridge(AgentBridgeOptions options)
    {
        PooledBuffers.Install();
        var agent = new AgentIdentity(options);
        _lease = new OwnerLease(MonotonicClock.Nanoseconds(options.OwnerSilence));
        _inbox = new AgentInbox(options.Joints.Count);
        _publisher = new StatePublisher(agent, _tally);
        (RouterSocket control, PublisherSocket states) = Bind(options.Port);
        _stateThread = new SocketThread(
            "hilrig-states", () => states, socket => _publisher.Run(socket, _stop.Token));
        var server = new ControlServer(agent, _inbox, _lease, _tally, () => IsArmed);
        _controlThread = new SocketThread(
            "hilrig-control", () => control, socket => server.Run(socket, _stop.Token));
        _stateThread.Start();
        Endpoint = _controlThread.Start();
    }

    /// <summary>Where hosts and observers connect, such as "tcp://127.0.0.1:40123".</summary>
    public string Endpoint { get; }

    /// <summary>What was counted so far. Any thread.</summary>
    public AgentBridgeCounters Counters => _tally.Snapshot();

    /// <inheritdoc/>
    public SessionKey Owner => _lease.Key;

    private bool IsArmed => _health == (int)PlantHealth.Armed;

    /// <summary>Opens the bridge and starts its threads.</summary>
    /// <param name="options">Rig, joints, deadman, port.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="DeviceException">The port is taken.</exception>
    public static AgentBridge Open(AgentBridgeOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return new AgentBridge(options);
    }

    /// <inheritdoc/>
    public AgentRequest Wait(long untilNanoseconds) => _inbox.Wait(untilNanoseconds);

    /// <inheritdoc/>
    public bool TryTakeCommand(JointCommand command, out CommandEnvelope envelope)
    {
        bool taken = _inbox.TryTake(command, out envelope);
        if (taken)
        {
            _answeredSessionId = envelope.Key.SessionId;
        }

        return taken;
    }

    /// <inheritdoc/>
    public void Publish(JointState state, AgentReport report)
    {
        _health = (int)state.Health;
        _publisher.Publish(state, report, _answeredSessionId);
    }

    /// <summary>
    /// Ends the threads and closes the sockets. The real-time thread must have ended.
    /// </summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Cancel();
        _controlThread.Join();
        _stateThread.Join();
        _inbox.Dispose();
        _publisher.Dispose();
        _stop.Dispose();
    }

    private static (RouterSocket Control, PublisherSocket States) Bind(int port)
    {
        try
        {
            return EndpointPair.Bind(port);
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            throw new DeviceException(
                "the bridge cannot listen",
                $"ports {port} and {port + 1} of 127.0.0.1",
                "two free ports",
                error.Message,
                "leave the port at 0, or end the process that uses them",
                error);
        }
    }
}
