using System.Text.Json.Serialization;

namespace HilRig.Harness.Results;

/// <summary>What was known of the agent's clock at the end of a run on another machine.</summary>
public sealed record ClockReport
{
    /// <summary>Agent's clock minus host's clock, µs.</summary>
    [JsonPropertyName("offset_us")]
    public required double OffsetMicroseconds { get; init; }

    /// <summary>Largest error of the offset, µs; no one-way latency below it is told.</summary>
    [JsonPropertyName("uncertainty_us")]
    public required double UncertaintyMicroseconds { get; init; }

    /// <summary>How much faster the agent's clock runs, ppm.</summary>
    [JsonPropertyName("skew_ppm")]
    public required double SkewPartsPerMillion { get; init; }

    /// <summary>The quickest probe's round trip, µs.</summary>
    [JsonPropertyName("minimumRoundTrip_us")]
    public required double MinimumRoundTripMicroseconds { get; init; }
}
