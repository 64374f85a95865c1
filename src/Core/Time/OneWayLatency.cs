using System.Globalization;

namespace HilRig.Core.Time;

/// <summary>
/// A latency whose two ends were stamped by two clocks, quoted only where the clocks are known well
/// enough.
/// </summary>
/// <param name="Nanoseconds">The latency; null when it is refused.</param>
/// <param name="UncertaintyNanoseconds">Largest error of it.</param>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
public readonly record struct OneWayLatency(
    long? Nanoseconds, long UncertaintyNanoseconds, string? Refusal)
{
    /// <summary>Measures from a local instant to one of the peer's.</summary>
    /// <param name="map">What is known of the peer's clock.</param>
    /// <param name="sentNanoseconds">When it left, local clock.</param>
    /// <param name="receivedNanoseconds">When it arrived, peer's clock.</param>
    public static OneWayLatency ToPeer(ClockMap map, long sentNanoseconds, long receivedNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(map);
        MappedInstant sent = map.ToPeer(sentNanoseconds);
        return Of(receivedNanoseconds - sent.Nanoseconds, sent.UncertaintyNanoseconds);
    }

    /// <summary>Measures from an instant of the peer's to a local one.</summary>
    /// <param name="map">What is known of the peer's clock.</param>
    /// <param name="sentNanoseconds">When it left, peer's clock.</param>
    /// <param name="receivedNanoseconds">When it arrived, local clock.</param>
    public static OneWayLatency FromPeer(
        ClockMap map, long sentNanoseconds, long receivedNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(map);
        MappedInstant sent = map.ToLocal(sentNanoseconds);
        return Of(receivedNanoseconds - sent.Nanoseconds, sent.UncertaintyNanoseconds);
    }

    private static OneWayLatency Of(long nanoseconds, long uncertainty) => uncertainty switch
    {
        long.MaxValue => new(null, uncertainty, "the peer's clock is not known"),
        _ when nanoseconds < -uncertainty => new(
            null, uncertainty, "it is negative: the estimate of the peer's clock is wrong"),
        _ when nanoseconds < uncertainty => new(null, uncertainty, string.Create(
            CultureInfo.InvariantCulture, $"it is below its uncertainty of {uncertainty} ns")),
        _ => new(nanoseconds, uncertainty, null),
    };
}
