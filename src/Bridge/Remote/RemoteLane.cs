using HilRig.Bridge.Agent;
using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ.Sockets;

namespace HilRig.Bridge.Remote;

/// <summary>
/// The ZeroMQ lane of an agent, for a process of its own: gives each remote session a seat of the
/// agent's shared memory and translates. It holds no rule: who may do what is the agent's to say.
/// Loopback only.
/// </summary>
public sealed class RemoteLane : IDisposable
{
    private const long DeadmanNanoseconds = 40_000_000;
    private readonly RemoteTally _tally = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly LanePage _page;
    private readonly PeerSeat _seat;
    private readonly LifeSigns _life;
    private readonly RemoteControl _control;
    private readonly SocketThread _stateThread;
    private readonly SocketThread _controlThread;
    private bool _disposed;

    private RemoteLane(RemoteLaneOptions options, LanePage page, PeerSeat seat)
    {
        PooledBuffers.Install();
        _page = page;
        _seat = seat;
        (RouterSocket control, PublisherSocket states) = Bind(options.Port);
        _life = new LifeSigns(page, seat, DeadmanNanoseconds);
        _control = new RemoteControl(page, seat, _tally);
        var publisher = new RemoteStates(page, seat, _tally);
        _stateThread = new SocketThread(
            "hilrig-states", () => states, socket => publisher.Run(socket, _stop.Token));
        _controlThread = new SocketThread(
            "hilrig-control", () => control, socket => _control.Run(socket, _stop.Token));
        _stateThread.Start();
        Endpoint = _controlThread.Start();
    }

    /// <summary>Where hosts and observers connect, such as "tcp://127.0.0.1:40123".</summary>
    public string Endpoint { get; }

    /// <summary>What was counted so far. Any thread.</summary>
    public RemoteLaneCounters Counters => _tally.Snapshot();

    /// <summary>Whether the agent has ended; then nothing is served any more.</summary>
    public bool AgentHasEnded => _life.AgentHasEnded;

    /// <summary>Opens the lane and starts its threads.</summary>
    /// <param name="options">Agent and port.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="ProtocolException">The agent is not there, or has no free seat.</exception>
    /// <exception cref="DeviceException">The port is taken.</exception>
    public static RemoteLane Open(RemoteLaneOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        LanePage page = LanePage.Open(options.Agent[AgentBridge.Scheme.Length..]);
        PeerSeat? seat = null;
        try
        {
            seat = PeerSeat.TryTake(page) ?? throw Host.Handshake.Refused(
                options.Agent, HandshakeRules.Full(LaneLayout.SeatCount));
            return new RemoteLane(options, page, seat);
        }
        catch
        {
            seat?.Leave();
            page.Dispose();
            throw;
        }
    }

    /// <summary>Ends the threads, closes the sockets and gives every seat back.</summary>
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
        _life.Dispose();
        _control.Leave();
        _seat.Leave();
        _page.Dispose();
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
