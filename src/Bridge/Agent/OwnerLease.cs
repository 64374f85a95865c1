using HilRig.Core.Sessions;

namespace HilRig.Bridge.Agent;

/// <summary>
/// Who may command the agent. One owner at a time; the fencing token grows with each. An owner that
/// falls silent or leaves stays the owner until the agent is no longer armed, that is until the
/// deadman has stopped the rig: nobody inherits a moving arm.
/// </summary>
/// <remarks>
/// Written by the control thread only; <see cref="Key"/> and <see cref="Seat"/> may be read by any
/// thread.
/// </remarks>
internal sealed class OwnerLease
{
    private readonly long _silenceNanoseconds;
    private volatile Holder? _holder;
    private ulong _lastToken;
    private long _heardNanoseconds;
    private bool _released;

    /// <summary>Makes a lease nobody holds.</summary>
    /// <param name="silenceNanoseconds">Silence after which an owner counts as gone.</param>
    public OwnerLease(long silenceNanoseconds)
    {
        _silenceNanoseconds = silenceNanoseconds;
    }

    /// <summary>Session and token of the owner; the default value when there is none.</summary>
    public SessionKey Key => _holder?.Key ?? default;

    /// <summary>The seat the owner commands from; -1 when there is no owner.</summary>
    public int Seat => _holder?.Seat ?? -1;

    /// <summary>Gives the lease to a session, when nobody holds it.</summary>
    /// <param name="sessionId">The session; not 0.</param>
    /// <param name="seat">The seat it commands from.</param>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="key">The new owner's key.</param>
    public bool TryGrant(ulong sessionId, int seat, long nowNanoseconds, out SessionKey key)
    {
        key = default;
        if (_holder is not null)
        {
            return false;
        }

        key = new SessionKey(sessionId, ++_lastToken);
        _heardNanoseconds = nowNanoseconds;
        _released = false;
        _holder = new Holder(key, seat);
        return true;
    }

    /// <summary>Notes that the owner is alive; other keys are ignored.</summary>
    /// <param name="key">Who was heard.</param>
    /// <param name="nowNanoseconds">When.</param>
    public void Hear(in SessionKey key, long nowNanoseconds)
    {
        if (key == Key)
        {
            _heardNanoseconds = Math.Max(_heardNanoseconds, nowNanoseconds);
        }
    }

    /// <summary>Notes that the owner leaves; takes effect in <see cref="Review"/>.</summary>
    /// <param name="key">Who leaves; other keys are ignored.</param>
    public void Release(in SessionKey key) => _released |= key == Key;

    /// <summary>How long the owner has been silent, ns.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public long Silence(long nowNanoseconds) => nowNanoseconds - _heardNanoseconds;

    /// <summary>
    /// Frees the lease of an owner that left or fell silent, unless the agent is armed.
    /// </summary>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="armed">Whether the agent still acts on commands.</param>
    /// <returns>The session that lost it, or 0.</returns>
    public ulong Review(long nowNanoseconds, bool armed)
    {
        SessionKey key = Key;
        bool gone = _released || Silence(nowNanoseconds) > _silenceNanoseconds;
        if (key.SessionId == 0 || armed || !gone)
        {
            return 0;
        }

        _holder = null;
        return key.SessionId;
    }

    // A reference is swapped atomically; two 64-bit halves would not be.
    private sealed record Holder(SessionKey Key, int Seat);
}
