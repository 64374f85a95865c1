namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The newest sessions opened on one connection: only these may be used on it. One thread adds,
/// another asks.
/// </summary>
internal sealed class BoundSessions
{
    private const int CountMax = 4;

    private readonly ulong[] _ids = new ulong[CountMax];
    private int _next;

    /// <summary>Binds a session.</summary>
    /// <param name="sessionId">The session.</param>
    public void Add(ulong sessionId)
    {
        Volatile.Write(ref _ids[_next], sessionId);
        _next = (_next + 1) % CountMax;
    }

    /// <summary>Whether a session is bound here.</summary>
    /// <param name="sessionId">The session.</param>
    public bool Contains(ulong sessionId)
    {
        bool found = false;
        for (int i = 0; i < CountMax; i++)
        {
            found |= sessionId != 0 && Volatile.Read(ref _ids[i]) == sessionId;
        }

        return found;
    }
}
