using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The newest sessions that went out through the gate, and to whom. It serves stops only: a peer
/// whose connection broke may still stop by the session it had. Any thread.
/// </summary>
internal sealed class IssuedSessions
{
    private const int CountMax = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, KeyFingerprint> _keys = [];
    private readonly Queue<ulong> _order = new();

    /// <summary>Notes a session.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="key">The key of the peer that got it.</param>
    public void Add(ulong sessionId, KeyFingerprint key)
    {
        lock (_lock)
        {
            if (_keys.TryAdd(sessionId, key))
            {
                _order.Enqueue(sessionId);
            }

            if (_order.Count > CountMax)
            {
                _keys.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Whether a session went to a key.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="key">The key.</param>
    public bool WentTo(ulong sessionId, KeyFingerprint key)
    {
        lock (_lock)
        {
            return _keys.TryGetValue(sessionId, out KeyFingerprint? owner) && owner == key;
        }
    }
}
