using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Agent;

/// <summary>
/// Who has a session with this agent and what each may ask for: the rules of the handshake, of
/// ownership and of requests, in one place for every lane. One thread.
/// </summary>
internal sealed class SessionDesk
{
    private readonly AgentIdentity _agent;
    private readonly OwnerLease _lease;
    private readonly AgentTally _tally;
    private readonly SessionTable _sessions;
    private readonly Action<AgentRequest, StopReason> _deliver;
    private readonly Func<bool> _isArmed;

    /// <summary>Makes a desk without sessions.</summary>
    /// <param name="agent">What we are.</param>
    /// <param name="lease">Who may command.</param>
    /// <param name="tally">Counters.</param>
    /// <param name="deliver">Hands a request to the loop.</param>
    /// <param name="isArmed">Whether the agent acts on commands now.</param>
    public SessionDesk(
        AgentIdentity agent,
        OwnerLease lease,
        AgentTally tally,
        Action<AgentRequest, StopReason> deliver,
        Func<bool> isArmed)
    {
        _agent = agent;
        _lease = lease;
        _tally = tally;
        _deliver = deliver;
        _isArmed = isArmed;
        _sessions = new SessionTable(MonotonicClock.Nanoseconds(agent.Options.OwnerSilence));
    }

    /// <summary>Answers an introduction.</summary>
    /// <param name="hello">What the peer says.</param>
    /// <param name="seat">The seat it speaks from.</param>
    /// <param name="now">Now.</param>
    /// <param name="sessionId">Its session; 0 when it is refused.</param>
    /// <returns>A Welcome or a Refusal.</returns>
    public IMessage Admit(Hello hello, int seat, long now, out ulong sessionId)
    {
        Refusal? refusal = HandshakeRules.Check(hello, _agent.Options);
        SessionKey key = default;
        refusal ??= TryOpen(hello.Role, seat, now, out key);
        sessionId = key.SessionId;
        if (refusal is not null)
        {
            AgentTally.Count(ref _tally.RefusedPeers);
            return refusal;
        }

        return _agent.Welcome(key.SessionId, key.OwnerToken);
    }

    /// <summary>Acts on a request, once; a repeated one is only answered again.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">Now.</param>
    public AckStatus Judge(in SessionRequest request, long now)
    {
        SessionTable.Session? session = _sessions.Hear(request.Key.SessionId, now);
        if (session is null)
        {
            AgentTally.Count(ref _tally.UnknownSessionRequests);
            return AckStatus.UnknownSession;
        }

        _lease.Hear(request.Key, now);
        int kind = (int)request.Kind;
        if (request.Id > session.LastRequestIds[kind])
        {
            session.LastRequestIds[kind] = request.Id;
            session.LastStatuses[kind] = Act(request);
        }

        return session.LastStatuses[kind];
    }

    /// <summary>Notes that a session is alive.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="now">Now.</param>
    public void Hear(ulong sessionId, long now)
    {
        if (_sessions.Hear(sessionId, now) is not null && _lease.Key.SessionId == sessionId)
        {
            _lease.Hear(_lease.Key, now);
        }
    }

    /// <summary>Whether a session is open.</summary>
    /// <param name="sessionId">The session.</param>
    public bool Knows(ulong sessionId) => _sessions.Knows(sessionId);

    /// <summary>
    /// Ends a session. The owner's lasts until the agent is no longer armed, see
    /// <see cref="OwnerLease"/>.
    /// </summary>
    /// <param name="sessionId">The session.</param>
    public void Leave(ulong sessionId)
    {
        SessionKey owner = _lease.Key;
        if (sessionId != 0 && sessionId == owner.SessionId)
        {
            _lease.Release(owner);
        }
        else
        {
            _sessions.Close(sessionId);
        }
    }

    /// <summary>Ends what has been silent for too long.</summary>
    /// <param name="now">Now.</param>
    /// <param name="commandHeard">When the owner's newest command was taken.</param>
    public void Review(long now, long commandHeard)
    {
        _lease.Hear(_lease.Key, commandHeard);
        ulong freed = _lease.Review(now, _isArmed());
        if (freed != 0)
        {
            _sessions.Close(freed);
        }
    }

    private AckStatus Act(in SessionRequest request)
    {
        RequestKind kind = request.Kind;
        if (NeedsOwner(kind) && request.Key != _lease.Key)
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
            _deliver(asked, request.Reason);
        }

        if (kind == RequestKind.Release)
        {
            Leave(request.Key.SessionId);
        }

        return AckStatus.Ok;
    }

    private Refusal? TryOpen(Role role, int seat, long now, out SessionKey key)
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
            _lease.TryGrant(id, seat, now, out key);
        }

        return null;
    }

    private static bool NeedsOwner(RequestKind kind) =>
        kind is RequestKind.Arm or RequestKind.Rearm or RequestKind.Quit;
}
