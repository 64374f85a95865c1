using HilRig.Core.RealTime;
using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Sessions;
using NetMQ;

namespace HilRig.Bridge.Agent;

/// <summary>
/// The agent's control thread: handshakes, requests and commands of all peers come in here. Nothing
/// a peer sends ends the thread; what makes no sense is counted and dropped.
/// </summary>
internal sealed class ControlServer
{
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(20);

    private readonly AgentIdentity _agent;
    private readonly AgentInbox _inbox;
    private readonly OwnerLease _lease;
    private readonly AgentTally _tally;
    private readonly SessionTable _sessions;
    private readonly CommandCodec _codec;
    private readonly Func<bool> _isArmed;
    private readonly Ack _ack = new();
    private Msg _frame;

    /// <summary>Makes the server; <see cref="Run"/> does the work.</summary>
    /// <param name="agent">What we are.</param>
    /// <param name="inbox">Where commands and requests go.</param>
    /// <param name="lease">Who may command.</param>
    /// <param name="tally">Counters.</param>
    /// <param name="isArmed">Whether the agent acts on commands now.</param>
    public ControlServer(
        AgentIdentity agent,
        AgentInbox inbox,
        OwnerLease lease,
        AgentTally tally,
        Func<bool> isArmed)
    {
        _agent = agent;
        _inbox = inbox;
        _lease = lease;
        _tally = tally;
        _isArmed = isArmed;
        _sessions = new SessionTable(MonotonicClock.Nanoseconds(agent.Options.OwnerSilence));
        _codec = new CommandCodec(agent.Options.Joints.Count);
    }

    /// <summary>Serves until told to stop.</summary>
    /// <param name="router">A bound router socket of the calling thread.</param>
    /// <param name="cancel">Ends the loop within some 20 ms.</param>
    public void Run(NetMQSocket router, CancellationToken cancel)
    {
        _frame.InitEmpty();
        while (!cancel.IsCancellationRequested)
        {
            if (router.TryReceive(ref _frame, IdleWait))
            {
                Serve(router);
            }

            ulong freed = _lease.Review(MonotonicClock.NowNanoseconds, _isArmed());
            if (freed != 0)
            {
                _sessions.Close(freed);
            }
        }

        _frame.Close();
    }

    // A router's message is the peer's routing id, then what the peer sent: for ours, one frame.
    private void Serve(NetMQSocket router)
    {
        long now = MonotonicClock.NowNanoseconds;
        byte[] peer = _frame.Slice(0, _frame.Size).ToArray();
        bool whole = _frame.HasMore && router.TryReceive(ref _frame, TimeSpan.Zero)
            && !_frame.HasMore;
        if (!whole)
        {
            Frames.DropRest(router, ref _frame);
            AgentTally.Count(ref _tally.MalformedMessages);
            return;
        }

        MessageKind kind = Frames.Split(
            _frame.Slice(0, _frame.Size), out ReadOnlySpan<byte> payload);
        bool understood = kind switch
        {
            MessageKind.Command => ServeCommand(payload, now),
            MessageKind.Request => ServeRequest(router, peer, payload, now),
            MessageKind.Hello => ServeHello(router, peer, payload, now),
            _ => false,
        };
        if (!understood)
        {
            AgentTally.Count(ref _tally.MalformedMessages);
        }
    }

    // A stranger's command must not displace the owner's in the slot, so it is judged here as well.
    private bool ServeCommand(ReadOnlySpan<byte> payload, long now)
    {
        IncomingCommand incoming = _inbox.Writable;
        if (!_codec.TryDecode(payload, incoming.Command, out SessionKey key, out long sent))
        {
            return false;
        }

        SessionKey owner = _lease.Key;
        if (owner.SessionId == 0 || key.SessionId != owner.SessionId)
        {
            AgentTally.Count(ref _tally.CommandsForeign);
            return true;
        }

        if (key.OwnerToken != owner.OwnerToken)
        {
            AgentTally.Count(ref _tally.CommandsNotOwner);
            return true;
        }

        _lease.Hear(key, now);
        incoming.Envelope = new CommandEnvelope(key, sent, now);
        AgentTally.Count(ref _tally.CommandsReceived);
        if (_inbox.DeliverCommand())
        {
            AgentTally.Count(ref _tally.CommandsSuperseded);
        }

        return true;
    }

    private bool ServeRequest(
        NetMQSocket router, byte[] peer, ReadOnlySpan<byte> payload, long now)
    {
        Request? request = Frames.Parse<Request>(payload);
        if (request is null || !IsKnown(request.Kind))
        {
            return false;
        }

        _ack.SessionId = request.SessionId;
        _ack.RequestId = request.RequestId;
        _ack.Status = Judge(request, now);
        Frames.SendTo(router, peer, MessageKind.Ack, _ack);
        return true;
    }

    private AckStatus Judge(Request request, long now)
    {
        SessionTable.Session? session = _sessions.Hear(request.SessionId, now);
        if (session is null)
        {
            AgentTally.Count(ref _tally.UnknownSessionRequests);
            return AckStatus.UnknownSession;
        }

        var key = new SessionKey(request.SessionId, request.OwnerToken);
        _lease.Hear(key, now);
        int kind = (int)request.Kind;
        if (request.RequestId > session.LastRequestIds[kind])
        {
            session.LastRequestIds[kind] = request.RequestId;
            session.LastStatuses[kind] = Act(request.Kind, key);
        }

        return session.LastStatuses[kind];
    }

    private AckStatus Act(RequestKind kind, in SessionKey key)
    {
        if (NeedsOwner(kind) && key != _lease.Key)
        {
            return AckStatus.NotOwner;
        }

        AgentRequest asked = kind switch
        {
            RequestKind.Arm => AgentRequest.Arm,
            RequestKind.Stop => AgentRequest.Stop,
            RequestKind.Rearm => AgentRequest.Rearm,
            RequestKind.Quit => AgentRequest.Quit,
            RequestKind.Heartbeat or RequestKind.Release => AgentRequest.None,
            RequestKind.Unspecified => AgentRequest.None,
        };
        if (asked != AgentRequest.None)
        {
            _inbox.Deliver(asked);
        }

        if (kind == RequestKind.Release)
        {
            Leave(key);
        }

        return AckStatus.Ok;
    }

    private void Leave(in SessionKey key)
    {
        if (key == _lease.Key)
        {
            _lease.Release(key);
        }
        else
        {
            _sessions.Close(key.SessionId);
        }
    }

    private bool ServeHello(NetMQSocket router, byte[] peer, ReadOnlySpan<byte> payload, long now)
    {
        Hello? hello = Frames.Parse<Hello>(payload);
        if (hello is null)
        {
            return false;
        }

        Refusal? refusal = HandshakeRules.Check(hello, _agent.Options);
        SessionKey key = default;
        refusal ??= TryOpen(hello.Role, now, out key);
        if (refusal is not null)
        {
            AgentTally.Count(ref _tally.RefusedPeers);
            Frames.SendTo(router, peer, MessageKind.Refusal, refusal);
            return true;
        }

        Welcome welcome = _agent.Welcome(key.SessionId, key.OwnerToken);
        Frames.SendTo(router, peer, MessageKind.Welcome, welcome);
        return true;
    }

    private Refusal? TryOpen(Role role, long now, out SessionKey key)
    {
        key = default;
        SessionKey owner = _lease.Key;
        if (role == Role.Owner && owner.SessionId != 0)
        {
            return HandshakeRules.Owned(owner.SessionId, _lease.Silence(now), _isArmed());
        }

        ulong id = _sessions.Open(now, owner.SessionId);
        if (id == 0)
        {
            return HandshakeRules.Full(SessionTable.SessionsMax);
        }

        key = new SessionKey(id, 0);
        if (role == Role.Owner)
        {
            _lease.TryGrant(id, now, out key);
        }

        return null;
    }

    private static bool NeedsOwner(RequestKind kind) =>
        kind is RequestKind.Arm or RequestKind.Rearm or RequestKind.Quit;

    private static bool IsKnown(RequestKind kind) =>
        kind is >= RequestKind.Heartbeat and <= RequestKind.Release;
}
