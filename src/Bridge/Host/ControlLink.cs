using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Host;

/// <summary>
/// The host's sending thread: handshake, heartbeats, requests until they are acknowledged, and the
/// newest command. The loop only fills a slot and signals.
/// </summary>
internal sealed class ControlLink : IDisposable
{
    private const long CycleNanoseconds = 5_000_000;
    private const long HeartbeatNanosecondsMin = 1_000_000;

    // A quarter of an agent's patience with a silent owner, which it does not tell.
    private const long HeartbeatNanosecondsMax = 250_000_000;
    private const long RepeatNanoseconds = 100_000_000;
    private static readonly TimeSpan SendWait = TimeSpan.FromMilliseconds(1);

    private readonly Hello _hello;
    private readonly string _endpoint;
    private readonly TimeSpan _handshakeTimeout;
    private readonly long _lostNanoseconds;
    private readonly LinkTally _tally;
    private readonly ClockMap _clock;
    private readonly LatestSlot<JointCommand> _commands;
    private readonly CommandCodec _codec;
    private readonly SocketThread _thread;
    private readonly CancellationTokenSource _stop = new();
    private readonly WakeSignal _wake = new();
    private readonly TaskCompletionSource<Welcome> _welcomed =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly Request _request = new();
    private readonly RequestQueue _requests = new();
    private JointCommand? _unsent;
    private Welcome _welcome = new();
    private long _heardNanoseconds = long.MaxValue;
    private int _expelled;
    private ulong _falseSession;
    private ulong _falseOwner;

    /// <summary>Makes the link; <see cref="Connect"/> opens it.</summary>
    /// <param name="endpoint">Where the agent listens.</param>
    /// <param name="hello">How we introduce ourselves.</param>
    /// <param name="options">Patience, and the agent's clock.</param>
    /// <param name="tally">Counters.</param>
    public ControlLink(string endpoint, Hello hello, in LinkOptions options, LinkTally tally)
    {
        PooledBuffers.Install();
        int dofCount = hello.Joints.Count;
        _endpoint = endpoint;
        _hello = hello;
        _handshakeTimeout = options.Handshake;
        _lostNanoseconds = MonotonicClock.Nanoseconds(options.Lost);
        _clock = options.Clock ?? ClockMap.SameClock;
        _tally = tally;
        _commands = new LatestSlot<JointCommand>(() => new JointCommand(dofCount));
        _codec = new CommandCodec(dofCount, _clock);
        _thread = new SocketThread("hilrig-control", Open, Run);
    }

    /// <summary>The command to fill before <see cref="Send"/>. The loop's thread.</summary>
    public JointCommand Writable => _commands.Writable;

    /// <summary>
    /// When the agent was last heard here, CLOCK_MONOTONIC ns; the far future at first.
    /// </summary>
    public long HeardNanoseconds => Volatile.Read(ref _heardNanoseconds);

    /// <summary>Whether the agent says that it no longer knows our session.</summary>
    public bool IsExpelled => Volatile.Read(ref _expelled) != 0;

    /// <summary>Requests and what became of them.</summary>
    public RequestQueue Requests => _requests;

    /// <summary>Opens the socket and shakes hands. May be called once.</summary>
    /// <returns>The agent's answer.</returns>
    /// <exception cref="ProtocolException">No agent there, or it refuses; says why.</exception>
    public Welcome Connect()
    {
        if (!Uri.TryCreate(_endpoint, UriKind.Absolute, out Uri? address)
            || address.Scheme != "tcp" || address.Port <= 0)
        {
            throw Unusable("not such an address");
        }

        try
        {
            _thread.Start();
        }
        catch (NetMQException error)
        {
            throw Unusable(error.ErrorCode.ToString(), error);
        }
        catch (System.Net.Sockets.SocketException error)
        {
            throw Unusable(error.SocketErrorCode.ToString(), error);
        }

        return _welcomed.Task.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Makes the filled command the next to be sent. The loop's thread; no socket.
    /// </summary>
    public void Send()
    {
        if (_commands.Publish())
        {
            LinkTally.Add(ref _tally.CommandsSupersededInSlot);
        }

        _wake.Set();
    }

    /// <summary>
    /// Adds to session and token of the commands from now on (fault injection); the default value
    /// ends it. The loop's thread.
    /// </summary>
    /// <param name="added">What is added.</param>
    public void Disguise(in SessionKey added)
    {
        Volatile.Write(ref _falseSession, added.SessionId);
        Volatile.Write(ref _falseOwner, added.OwnerToken);
    }

    /// <summary>Asks the agent for something. Any thread; allocates nothing.</summary>
    /// <param name="kind">What.</param>
    /// <param name="reason">Why, for a stop.</param>
    public void Post(RequestKind kind, StopReason reason)
    {
        Note(kind);
        _requests.Post(kind, reason);
        _wake.Set();
    }

    /// <summary>
    /// Ends the thread; the agent learns it from <see cref="RequestKind.Release"/>.
    /// </summary>
    public void Dispose()
    {
        _stop.Cancel();
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _stop.Dispose();
    }

    // Any thread may ask, so these counters have several writers.
    private void Note(RequestKind kind)
    {
        Interlocked.Increment(ref _tally.RequestsPosted);
        if (_requests.IsOpen(kind))
        {
            Interlocked.Increment(ref _tally.RequestsSuperseded);
        }
    }

    private ProtocolException Unusable(string found, Exception? inner = null) => new(
        "the agent's endpoint cannot be used",
        _endpoint,
        "an address such as tcp://127.0.0.1:40123",
        found,
        "use the endpoint that the agent prints when it starts",
        inner);

    private DealerSocket Open()
    {
        var socket = new DealerSocket();
        try
        {
            SocketPolicy.Apply(socket, SocketPolicy.CommandHighWatermark);
            socket.Connect(_endpoint);
            return socket;
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            socket.Dispose();
            throw;
        }
    }

    private void Run(NetMQSocket socket)
    {
        Frames.Send(socket, MessageKind.Hello, _hello, _handshakeTimeout);
        if (!Handshake.TryAwait(socket, _endpoint, _handshakeTimeout, _welcomed))
        {
            return;
        }

        _welcome = _welcomed.Task.Result;
        Volatile.Write(ref _heardNanoseconds, MonotonicClock.NowNanoseconds);
        var frame = default(Msg);
        frame.InitEmpty();
        long heartbeat = Math.Clamp(
            Math.Min(_welcome.DeadmanNanoseconds, _lostNanoseconds) / 4,
            HeartbeatNanosecondsMin,
            HeartbeatNanosecondsMax);
        long heartbeatDue = 0;
        while (!_stop.IsCancellationRequested)
        {
            long now = MonotonicClock.NowNanoseconds;
            Receive(socket, ref frame, now);
            if (now >= heartbeatDue)
            {
                Note(RequestKind.Heartbeat);
                _requests.Post(RequestKind.Heartbeat);
                heartbeatDue = now + heartbeat;
            }

            SendRequests(socket, now);
            SendCommand(socket, now);
            _wake.Wait(now + (_unsent is null ? CycleNanoseconds : CycleNanoseconds / 5));
        }

        frame.Close();
    }

    private void Receive(NetMQSocket socket, ref Msg frame, long now)
    {
        while (socket.TryReceive(ref frame, TimeSpan.Zero))
        {
            bool whole = !frame.HasMore;
            Frames.DropRest(socket, ref frame);
            MessageKind kind = Frames.Split(
                frame.Slice(0, frame.Size), out ReadOnlySpan<byte> payload);
            Ack? ack = whole && kind == MessageKind.Ack ? Frames.Parse<Ack>(payload) : null;
            if (ack is null || ack.SessionId != _welcome.SessionId)
            {
                LinkTally.Add(ref _tally.MalformedReplies);
                continue;
            }

            Volatile.Write(ref _heardNanoseconds, now);
            Volatile.Write(ref _expelled, ack.Status == AckStatus.UnknownSession ? 1 : 0);
            _requests.Acknowledge(ack.RequestId, ack.Status);
        }
    }

    private void SendRequests(NetMQSocket socket, long now)
    {
        while (_requests.TryNext(now, RepeatNanoseconds, out RequestKind kind, out ulong id))
        {
            _request.SessionId = _welcome.SessionId;
            _request.OwnerToken = _welcome.OwnerToken;
            _request.RequestId = id;
            _request.Kind = kind;
            _request.Reason = kind == RequestKind.Stop
                ? (Stop)((int)_requests.ReasonOf(kind) + 1)
                : Stop.Unspecified;
            if (Frames.Send(socket, MessageKind.Request, _request, SendWait) == 0)
            {
                return;
            }

            _requests.MarkSent(kind, id, now);
        }
    }

    // A command the socket has no room for is kept until a newer one comes or it expires.
    private void SendCommand(NetMQSocket socket, long now)
    {
        if (_commands.TryTake(out JointCommand? newest))
        {
            LinkTally.Add(ref _tally.CommandsSupersededUnsent, _unsent is null ? 0 : 1);
            _unsent = newest;
        }

        if (_unsent is null)
        {
            return;
        }

        // Nor does one go out whose instants cannot be told on the agent's clock.
        if (now > _unsent.ValidUntilNanoseconds || _clock.StatusAt(now) != ClockMapStatus.Known)
        {
            LinkTally.Add(ref _tally.CommandsExpired);
            _unsent = null;
            return;
        }

        var key = new SessionKey(
            _welcome.SessionId + Volatile.Read(ref _falseSession),
            _welcome.OwnerToken + Volatile.Read(ref _falseOwner));
        Google.Protobuf.IMessage message =
            _codec.Encode(_unsent, key, MonotonicClock.NowNanoseconds);
        int bytes = Frames.Send(socket, MessageKind.Command, message, SendWait);
        if (bytes > 0)
        {
            LinkTally.Add(ref _tally.CommandsSent);
            LinkTally.Add(ref _tally.CommandBytes, bytes);
            _unsent = null;
        }
    }
}
