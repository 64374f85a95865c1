using System.Text.Json.Serialization;

namespace HilRig.Harness.Results;

/// <summary>
/// Latency of one hop, µs. A percentile is null where fewer than ten samples lie above it: p50
/// needs 20 samples, p90 100, p99 1 000, p99.9 10 000.
/// </summary>
public sealed record LatencyFigure
{
    /// <summary>A hop that was never stamped.</summary>
    public static LatencyFigure Empty { get; } = new() { Count = 0 };

    /// <summary>Number of samples.</summary>
    public required long Count { get; init; }

    /// <summary>Median, µs.</summary>
    [JsonPropertyName("p50_us")]
    public double? P50Microseconds { get; init; }

    /// <summary>90th percentile, µs.</summary>
    [JsonPropertyName("p90_us")]
    public double? P90Microseconds { get; init; }

    /// <summary>99th percentile, µs.</summary>
    [JsonPropertyName("p99_us")]
    public double? P99Microseconds { get; init; }

    /// <summary>99.9th percentile, µs.</summary>
    [JsonPropertyName("p999_us")]
    public double? P999Microseconds { get; init; }

    /// <summary>Largest sample, µs.</summary>
    [JsonPropertyName("max_us")]
    public double? MaxMicroseconds { get; init; }

    /// <summary>Fewest samples that leave ten above <paramref name="percentile"/>.</summary>
    /// <param name="percentile">Percentile, 0 to below 100.</param>
    public static long SamplesNeeded(double percentile) =>
        (long)Math.Round(1000.0 / (100.0 - percentile));
}
