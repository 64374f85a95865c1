namespace HilRig.Core.Time;

/// <summary>
/// One question and answer between two clocks, with the four instants of RFC 5905, section 8.
/// </summary>
/// <param name="LocalSent">t1: when the question left, local clock, ns.</param>
/// <param name="PeerReceived">t2: when it arrived, peer's clock, ns.</param>
/// <param name="PeerSent">t3: when the answer left, peer's clock, ns.</param>
/// <param name="LocalReceived">t4: when the answer arrived, local clock, ns.</param>
public readonly record struct ClockProbe(
    long LocalSent, long PeerReceived, long PeerSent, long LocalReceived)
{
    /// <summary>δ = (t4 − t1) − (t3 − t2): the time on both ways, ns.</summary>
    public long RoundTripNanoseconds => LocalReceived - LocalSent - (PeerSent - PeerReceived);

    /// <summary>
    /// t2 − t1, ns. The way there takes no negative time, so the peer's clock minus the local one
    /// was at most this at <see cref="LocalSent"/>.
    /// </summary>
    public long OffsetMaxNanoseconds => PeerReceived - LocalSent;

    /// <summary>
    /// t3 − t4, ns. The way back takes no negative time, so the peer's clock minus the local one
    /// was at least this at <see cref="LocalReceived"/>.
    /// </summary>
    public long OffsetMinNanoseconds => PeerSent - LocalReceived;

    /// <summary>
    /// Whether the four instants can belong together: neither clock went back, and the peer did not
    /// hold the question for longer than the answer took.
    /// </summary>
    public bool IsPlausible =>
        LocalReceived >= LocalSent && PeerSent >= PeerReceived && RoundTripNanoseconds >= 0;
}
