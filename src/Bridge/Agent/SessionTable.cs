using HilRig.Bridge.Protos;

namespace HilRig.Bridge.Agent;

/// <summary>Sessions an agent knows, owner and observers. Control thread only.</summary>
internal sealed class SessionTable
{
    /// <summary>Most sessions at a time.</summary>
    public const int SessionsMax = 32;

    private static readonly int RequestKinds = Enum.GetValues<RequestKind>().Length;

    private readonly Dictionary<ulong, Session> _sessions = [];
    private readonly long _silenceNanoseconds;

    /// <summary>Makes an empty table.</summary>
    /// <param name="silenceNanoseconds">Silence after which an observer is forgotten.</param>
    public SessionTable(long silenceNanoseconds)
    {
        _silenceNanoseconds = silenceNanoseconds;
    }

    /// <summary>Opens a session, after forgetting observers that fell silent.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="ownerSessionId">Session that must stay.</param>
    /// <returns>Its id, or 0 when there are too many.</returns>
    public ulong Open(long nowNanoseconds, ulong ownerSessionId)
    {
        ForgetSilent(nowNanoseconds, ownerSessionId);
        if (_sessions.Count >= SessionsMax)
        {
            return 0;
        }

        ulong opened = AgentIdentity.RandomId();
        _sessions[opened] = new Session { HeardNanoseconds = nowNanoseconds };
        return opened;
    }

    /// <summary>Forgets observers that fell silent. Allocates nothing.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="ownerSessionId">Session that must stay.</param>
    public void ForgetSilent(long nowNanoseconds, ulong ownerSessionId)
    {
        foreach ((ulong id, Session session) in _sessions)
        {
            if (id != ownerSessionId
                && nowNanoseconds - session.HeardNanoseconds > _silenceNanoseconds)
            {
                _sessions.Remove(id);
            }
        }
    }

    /// <summary>Whether a session is open.</summary>
    /// <param name="id">The session.</param>
    public bool Knows(ulong id) => _sessions.ContainsKey(id);

    /// <summary>Finds a session and notes that it is alive.</summary>
    /// <param name="id">The session.</param>
    /// <param name="nowNanoseconds">Now.</param>
    public Session? Hear(ulong id, long nowNanoseconds)
    {
        if (_sessions.TryGetValue(id, out Session? session))
        {
            session.HeardNanoseconds = nowNanoseconds;
        }

        return session;
    }

    /// <summary>Forgets a session.</summary>
    /// <param name="id">The session.</param>
    public void Close(ulong id) => _sessions.Remove(id);

    /// <summary>What is remembered of a session.</summary>
    internal sealed class Session
    {
        /// <summary>When it was last heard.</summary>
        public long HeardNanoseconds { get; set; }

        /// <summary>
        /// Newest request acted on, by kind; a repeated one is only acknowledged again. By kind,
        /// because after a reconnect an older one of one kind may follow a newer one of another.
        /// </summary>
        public ulong[] LastRequestIds { get; } = new ulong[RequestKinds];

        /// <summary>What those requests were answered, by kind.</summary>
        public AckStatus[] LastStatuses { get; } = new AckStatus[RequestKinds];
    }
}
