using HilRig.Bridge.Agent;
using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using NetMQ;

namespace HilRig.Bridge.Remote;

/// <summary>
/// The control thread: passes handshakes, requests and commands of remote peers on to the agent,
/// and its answers back. Nothing a peer sends ends the thread; what makes no sense is counted and
/// dropped.
/// </summary>
internal sealed class RemoteControl
{
    private const long HandshakeNanosecondsMax = 2_000_000_000;
    private const long LookNanoseconds = 1_000_000;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan OpenWait = TimeSpan.FromMilliseconds(1);
    private static readonly int StopCount = Enum.GetValues<StopReason>().Length;

    private readonly LanePage _page;
    private readonly PeerSeat _stray;
    private readonly RemoteTally _tally;
    private readonly CommandCodec _codec;
    private readonly JointCommand _command;
    private readonly Dictionary<ulong, RemoteSession> _sessions = [];
    private readonly List<RemoteSession> _greeting = [];
    private readonly Request _request = new();
    private readonly Ack _ack = new();
    private readonly byte[] _peer = new byte[256];
    private int _peerBytes;
    private int _openRequests;
    private long _lookNanoseconds;
    private Msg _frame;

    /// <summary>Makes the server; <see cref="Run"/> does the work.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="stray">Seat for commands of nobody, so that the agent counts them.</param>
    /// <param name="tally">Counters.</param>
    public RemoteControl(LanePage page, PeerSeat stray, RemoteTally tally)
    {
        _page = page;
        _stray = stray;
        _tally = tally;
        _codec = new CommandCodec(page.Layout.DofCount);
        _command = new JointCommand(page.Layout.DofCount);
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="router">A bound router socket of the calling thread.</param>
    /// <param name="cancel">Ends the loop within some 20 ms.</param>
    public void Run(NetMQSocket router, CancellationToken cancel)
    {
        _frame.InitEmpty();
        while (!cancel.IsCancellationRequested)
        {
            bool isOpen = _openRequests > 0 || _greeting.Count > 0;
            if (router.TryReceive(ref _frame, isOpen ? OpenWait : IdleWait))
            {
                Serve(router);
            }

            long now = MonotonicClock.NowNanoseconds;
            if (isOpen || _openRequests > 0 || _greeting.Count > 0 || now >= _lookNanoseconds)
            {
                _lookNanoseconds = now + LookNanoseconds;
                PassAnswers(router, now);
            }
        }

        _frame.Close();
    }

    /// <summary>Gives every seat back. After <see cref="Run"/>.</summary>
    public void Leave()
    {
        foreach (RemoteSession session in _sessions.Values.Concat(_greeting))
        {
            session.Seat.Leave();
        }
    }

    // A router's message is the peer's routing id, then what the peer sent: for ours, one frame.
    private void Serve(NetMQSocket router)
    {
        _peerBytes = Math.Min(_frame.Size, _peer.Length);
        _frame.Slice(0, _peerBytes).CopyTo(_peer);
        bool whole = _frame.HasMore && router.TryReceive(ref _frame, TimeSpan.Zero)
            && !_frame.HasMore;
        if (!whole)
        {
            Frames.DropRest(router, ref _frame);
            RemoteTally.Count(ref _tally.MalformedMessages);
            return;
        }

        MessageKind kind = Frames.Split(
            _frame.Slice(0, _frame.Size), out ReadOnlySpan<byte> payload);
        bool understood = kind switch
        {
            MessageKind.Command => ServeCommand(payload),
            MessageKind.Request => ServeRequest(router, payload),
            MessageKind.Hello => ServeHello(router, payload),
            _ => false,
        };
        if (!understood)
        {
            RemoteTally.Count(ref _tally.MalformedMessages);
        }
    }

    private ReadOnlySpan<byte> Peer => _peer.AsSpan(0, _peerBytes);

    // A stranger's command must not displace a session's own in its seat.
    private bool ServeCommand(ReadOnlySpan<byte> payload)
    {
        if (!_codec.TryDecode(payload, _command, out SessionKey key, out long sent))
        {
            return false;
        }

        if (_sessions.TryGetValue(key.SessionId, out RemoteSession? session) && session.Key == key)
        {
            session.Seat.Command(_command, key, sent);
            session.Seat.Beat();
            RemoteTally.Count(ref _tally.CommandsForwarded);
        }
        else
        {
            _stray.Command(_command, key, sent);
            RemoteTally.Count(ref _tally.CommandsStray);
        }

        return true;
    }

    private bool ServeRequest(NetMQSocket router, ReadOnlySpan<byte> payload)
    {
        if (!RequestCodec.TryDecode(payload, _request))
        {
            return false;
        }

        if (!_sessions.TryGetValue(_request.SessionId, out RemoteSession? session))
        {
            RemoteTally.Count(ref _tally.UnknownSessionRequests);
            Acknowledge(
                router, Peer.ToArray(), _request.SessionId, _request.RequestId,
                AckStatus.UnknownSession);
            return true;
        }

        session.Hear(Peer);
        RequestKind kind = _request.Kind;
        ulong id = _request.RequestId;
        AckStatus status = session.Seat.AnswerTo(kind, id);
        if (status != AckStatus.Unspecified)
        {
            Acknowledge(router, session.Peer, _request.SessionId, id, status);
            return true;
        }

        ref ulong open = ref session.OpenRequest(kind);
        if (open != id)
        {
            _openRequests += open == 0 ? 1 : 0;
            open = id;
            session.Seat.Ask(
                kind, id, new SessionKey(_request.SessionId, _request.OwnerToken), ReasonOf());
        }

        return true;
    }

    private StopReason ReasonOf()
    {
        int reason = (int)_request.Reason - 1;
        return reason > 0 && reason < StopCount ? (StopReason)reason : StopReason.Requested;
    }

    private bool ServeHello(NetMQSocket router, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > LaneLayout.HelloBytesMax || Frames.Parse<Hello>(payload) is null)
        {
            return false;
        }

        byte[] peer = Peer.ToArray();
        PeerSeat? seat = PeerSeat.TryTake(_page);
        if (seat is null)
        {
            Refuse(router, peer, HandshakeRules.Full(LaneLayout.SeatCount));
            return true;
        }

        seat.TryIntroduce(payload);
        _greeting.Add(new RemoteSession(seat, peer, MonotonicClock.NowNanoseconds));
        return true;
    }

    private void Refuse(NetMQSocket router, byte[] peer, Refusal refusal)
    {
        RemoteTally.Count(ref _tally.RefusedPeers);
        Frames.SendTo(router, peer, MessageKind.Refusal, refusal);
    }

    private void PassAnswers(NetMQSocket router, long now)
    {
        for (int i = _greeting.Count - 1; i >= 0; i--)
        {
            RemoteSession session = _greeting[i];
            if (PassGreeting(router, session, now))
            {
                _greeting.RemoveAt(i);
            }
        }

        foreach ((ulong id, RemoteSession session) in _sessions)
        {
            PassAcks(router, id, session);
            if (session.Seat.IsExpelled)
            {
                session.Seat.Leave();
                _sessions.Remove(id);
            }
        }
    }

    // Whether the handshake is over, one way or the other.
    private bool PassGreeting(NetMQSocket router, RemoteSession session, long now)
    {
        if (!session.Seat.TryTakeAnswer(out MessageKind kind, out byte[] answer))
        {
            bool isLate = now - session.BegunNanoseconds > HandshakeNanosecondsMax;
            if (isLate)
            {
                session.Seat.Leave();
            }

            return isLate;
        }

        Welcome? welcome = kind == MessageKind.Welcome ? Frames.Parse<Welcome>(answer) : null;
        if (welcome is not null)
        {
            session.Key = new SessionKey(welcome.SessionId, welcome.OwnerToken);
            _sessions[welcome.SessionId] = session;
            Frames.SendTo(router, session.Peer, MessageKind.Welcome, welcome);
            return true;
        }

        session.Seat.Leave();
        if (kind == MessageKind.Refusal && Frames.Parse<Refusal>(answer) is { } refusal)
        {
            Refuse(router, session.Peer, refusal);
        }

        return true;
    }

    private void PassAcks(NetMQSocket router, ulong sessionId, RemoteSession session)
    {
        for (RequestKind kind = RequestKind.Heartbeat;
            kind <= RequestKind.Release && _openRequests > 0; kind++)
        {
            ref ulong open = ref session.OpenRequest(kind);
            AckStatus status = open == 0
                ? AckStatus.Unspecified
                : session.Seat.AnswerTo(kind, open);
            if (status != AckStatus.Unspecified)
            {
                Acknowledge(router, session.Peer, sessionId, open, status);
                open = 0;
                _openRequests--;
            }
        }
    }

    private void Acknowledge(
        NetMQSocket router, byte[] peer, ulong sessionId, ulong requestId, AckStatus status)
    {
        _ack.SessionId = sessionId;
        _ack.RequestId = requestId;
        _ack.Status = status;
        Frames.SendTo(router, peer, MessageKind.Ack, _ack);
    }
}
