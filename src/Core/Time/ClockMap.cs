namespace HilRig.Core.Time;

/// <summary>
/// Takes instants from the local clock to a peer's and back, with the bound of the error. One
/// thread publishes estimates, any number read; reading allocates nothing and takes no lock.
/// </summary>
public sealed class ClockMap
{
    private readonly bool _isSameClock;
    private readonly long _ageMaxNanoseconds;
    private ClockEstimate? _estimate;

    /// <summary>Makes a map that knows nothing until the first estimate is published.</summary>
    /// <param name="ageMaxNanoseconds">
    /// Age from which an estimate is not used any more, ns. Default 30 s.
    /// </param>
    public ClockMap(long ageMaxNanoseconds = 30_000_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ageMaxNanoseconds, 1);
        _ageMaxNanoseconds = ageMaxNanoseconds;
    }

    private ClockMap(bool isSameClock)
        : this() => _isSameClock = isSameClock;

    /// <summary>
    /// The map of two processes of one machine: they read the same clock, exactly.
    /// </summary>
    public static ClockMap SameClock { get; } = new(isSameClock: true);

    /// <summary>The newest estimate; null when there is none, or none is needed.</summary>
    public ClockEstimate? Estimate => Volatile.Read(ref _estimate);

    /// <summary>Puts a newer estimate in force.</summary>
    /// <param name="estimate">The estimate.</param>
    public void Publish(ClockEstimate estimate)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        if (_isSameClock)
        {
            throw new InvalidOperationException("One and the same clock needs no estimate.");
        }

        Volatile.Write(ref _estimate, estimate);
    }

    /// <summary>Whether instants can be converted now.</summary>
    /// <param name="nowNanoseconds">Now, local clock.</param>
    public ClockMapStatus StatusAt(long nowNanoseconds)
    {
        if (_isSameClock)
        {
            return ClockMapStatus.Known;
        }

        return Estimate is not { } estimate ? ClockMapStatus.Unknown
            : nowNanoseconds - estimate.ReferenceNanoseconds > _ageMaxNanoseconds
                ? ClockMapStatus.Stale
                : ClockMapStatus.Known;
    }

    /// <summary>Age of the estimate, ns; 0 when both clocks are one, null when none is known.
    /// </summary>
    /// <param name="nowNanoseconds">Now, local clock.</param>
    public long? AgeAt(long nowNanoseconds) => _isSameClock
        ? 0
        : Estimate is { } estimate ? nowNanoseconds - estimate.ReferenceNanoseconds : null;

    /// <summary>Takes a local instant to the peer's clock.</summary>
    /// <param name="localNanoseconds">The instant, local clock.</param>
    /// <returns>
    /// The instant on the peer's clock; its uncertainty is <see cref="long.MaxValue"/> when nothing
    /// is known of that clock.
    /// </returns>
    public MappedInstant ToPeer(long localNanoseconds)
    {
        if (_isSameClock)
        {
            return new(localNanoseconds, 0);
        }

        return Estimate is { } estimate
            ? new(
                localNanoseconds + estimate.OffsetAt(localNanoseconds),
                estimate.UncertaintyAt(localNanoseconds))
            : new(localNanoseconds, long.MaxValue);
    }

    /// <summary>Takes an instant of the peer's clock to the local one.</summary>
    /// <param name="peerNanoseconds">The instant, peer's clock.</param>
    /// <returns>
    /// The instant on the local clock; its uncertainty is <see cref="long.MaxValue"/> when nothing
    /// is known of the peer's.
    /// </returns>
    public MappedInstant ToLocal(long peerNanoseconds)
    {
        if (_isSameClock)
        {
            return new(peerNanoseconds, 0);
        }

        if (Estimate is not { } estimate)
        {
            return new(peerNanoseconds, long.MaxValue);
        }

        // Solves local + offset + skew·(local − reference) = peer for local.
        long sincePeer = peerNanoseconds - estimate.ReferenceNanoseconds
            - estimate.OffsetNanoseconds;
        double rate = 1 + (estimate.SkewPartsPerMillion * 1e-6);
        long local = estimate.ReferenceNanoseconds + sincePeer
            - (long)(sincePeer * (1 - (1 / rate)));
        return new(local, estimate.UncertaintyAt(local));
    }
}
