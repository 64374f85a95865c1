namespace HilRig.Harness.Results;

/// <summary>One fault that a scenario asked for, and when it really came.</summary>
public sealed record FaultReport
{
    /// <summary>Layer, as in the scenario: "bus", "bridge", "sensor"….</summary>
    public required string Layer { get; init; }

    /// <summary>Target, as in the scenario: a joint, "bus", "agent"….</summary>
    public required string Target { get; init; }

    /// <summary>Type, as in the scenario: "off", "stuck"….</summary>
    public required string Type { get; init; }

    /// <summary>Its parameters, SI: "by 0.01 s"; empty when it has none.</summary>
    public required string Parameters { get; init; }

    /// <summary>When it was to begin, since the first measured phase, s.</summary>
    public required double AtSeconds { get; init; }

    /// <summary>How long it was to last, s; null: to the end.</summary>
    public double? ForSeconds { get; init; }

    /// <summary>When it began, CLOCK_MONOTONIC ns; null when it never did.</summary>
    public long? BeganNanoseconds { get; init; }

    /// <summary>When it ended, CLOCK_MONOTONIC ns; null when it lasted to the end.</summary>
    public long? EndedNanoseconds { get; init; }
}
