namespace HilRig.Core.Time;

/// <summary>
/// What is known of a peer's clock: its offset and rate against the local one, each with the bound
/// of its error. Immutable.
/// </summary>
public sealed record ClockEstimate
{
    /// <summary>The instant the offset is stated for, local clock, ns.</summary>
    public required long ReferenceNanoseconds { get; init; }

    /// <summary>Peer's clock minus local clock at the reference, ns.</summary>
    public required long OffsetNanoseconds { get; init; }

    /// <summary>
    /// Largest error of the offset at the reference, ns. It is no standard deviation: what the two
    /// ways' delays were is unknown, and this covers every case, so about half of the quickest
    /// round trip is the least it can be.
    /// </summary>
    public required long UncertaintyNanoseconds { get; init; }

    /// <summary>How much faster the peer's clock runs, ppm.</summary>
    public required double SkewPartsPerMillion { get; init; }

    /// <summary>Largest error of the skew, wander included, ppm.</summary>
    public required double SkewUncertaintyPartsPerMillion { get; init; }

    /// <summary>δ_min: the quickest round trip of the window, ns.</summary>
    public required long MinimumRoundTripNanoseconds { get; init; }

    /// <summary>Probes taken so far.</summary>
    public required long ProbeCount { get; init; }

    /// <summary>
    /// Times that old points were thrown away because no straight line agreed with all: a clock was
    /// set, or its rate changed by more than the allowed wander.
    /// </summary>
    public required long RestartCount { get; init; }

    /// <summary>Peer's clock minus local clock, ns.</summary>
    /// <param name="localNanoseconds">When, local clock.</param>
    public long OffsetAt(long localNanoseconds) => OffsetNanoseconds
        + (long)((localNanoseconds - ReferenceNanoseconds) * SkewPartsPerMillion * 1e-6);

    /// <summary>Largest error of <see cref="OffsetAt"/>, ns; grows with the age.</summary>
    /// <param name="localNanoseconds">When, local clock.</param>
    public long UncertaintyAt(long localNanoseconds) => UncertaintyNanoseconds
        + (long)(Math.Abs(localNanoseconds - ReferenceNanoseconds)
            * SkewUncertaintyPartsPerMillion * 1e-6);
}
