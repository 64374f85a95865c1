using System.Globalization;
using HilRig.Bridge.Clocks;
using HilRig.Core.Time;

namespace HilRig.Cli.Clocks;

/// <summary>One look at a peer's clock, as it is printed.</summary>
/// <param name="Address">Where the peer answers.</param>
/// <param name="Status">known, unknown or stale.</param>
/// <param name="OffsetNanoseconds">Peer's clock minus ours now; null when unknown.</param>
/// <param name="UncertaintyNanoseconds">Largest error of it; null when unknown.</param>
/// <param name="SkewPartsPerMillion">How much faster the peer's runs; null when unknown.</param>
/// <param name="SkewUncertaintyPartsPerMillion">Largest error of it; null when unknown.</param>
/// <param name="MinimumRoundTripNanoseconds">Quickest round trip; null when unknown.</param>
/// <param name="AgeNanoseconds">Age of the estimate; null when unknown.</param>
/// <param name="Probes">Questions answered.</param>
/// <param name="Silent">Questions not answered in time.</param>
/// <param name="Refused">Answers that contradict themselves.</param>
/// <param name="Lost">Connections lost.</param>
/// <param name="Restarts">Times a clock was set or changed its rate.</param>
internal sealed record ClockRow(
    string Address,
    string Status,
    long? OffsetNanoseconds,
    long? UncertaintyNanoseconds,
    double? SkewPartsPerMillion,
    double? SkewUncertaintyPartsPerMillion,
    long? MinimumRoundTripNanoseconds,
    long? AgeNanoseconds,
    long Probes,
    long Silent,
    long Refused,
    long Lost,
    long Restarts)
{
    /// <summary>Heads the rows of <see cref="Text"/>.</summary>
    public const string Heading =
        "offset µs          ± µs        skew ppm    ± ppm      δ_min µs  age ms  probes  silent";

    /// <summary>Looks at a clock.</summary>
    /// <param name="address">Where the peer answers.</param>
    /// <param name="clock">The watched clock.</param>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC.</param>
    public static ClockRow Of(string address, PeerClock clock, long nowNanoseconds)
    {
        ClockEstimate? known = clock.Map.Estimate;
        return new ClockRow(
            address,
            clock.Map.StatusAt(nowNanoseconds).ToString().ToLowerInvariant(),
            known?.OffsetAt(nowNanoseconds),
            known?.UncertaintyAt(nowNanoseconds),
            known?.SkewPartsPerMillion,
            known?.SkewUncertaintyPartsPerMillion,
            known?.MinimumRoundTripNanoseconds,
            clock.Map.AgeAt(nowNanoseconds),
            known?.ProbeCount ?? 0,
            clock.SilentCount,
            clock.RefusedCount,
            clock.LostCount,
            known?.RestartCount ?? 0);
    }

    /// <summary>The row as a line of text.</summary>
    public string Text() => Status == "unknown" ? "unknown" : string.Create(
        CultureInfo.InvariantCulture,
        $"{OffsetNanoseconds / 1e3,-18:F1} {UncertaintyNanoseconds / 1e3,-11:F1} "
        + $"{SkewPartsPerMillion,-11:F3} {SkewUncertaintyPartsPerMillion,-10:F3} "
        + $"{MinimumRoundTripNanoseconds / 1e3,-9:F1} {AgeNanoseconds / 1e6,-7:F0} "
        + $"{Probes,-7} {Silent} {(Status == "stale" ? "stale" : "")}");
}
