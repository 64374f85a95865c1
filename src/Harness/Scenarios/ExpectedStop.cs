using HilRig.Core.Joints;

namespace HilRig.Harness.Scenarios;

/// <summary>
/// The outcome a scenario asks for: a stop of the rig, or none. The verdict is Pass when exactly
/// that happened, Fail otherwise.
/// </summary>
public sealed record ExpectedStop
{
    /// <summary>Why the rig must stop; None: it must not, whatever goes wrong.</summary>
    public required StopReason Cause { get; init; }

    /// <summary>
    /// Longest time from the cause to the last servo standing still, s; null: not judged.
    /// </summary>
    public double? WithinSeconds { get; init; }

    /// <summary>
    /// Whether every servo must have confirmed the safe posture, or must not. Default true.
    /// </summary>
    public bool Acknowledged { get; init; } = true;

    /// <summary>File, line and column.</summary>
    public required string Where { get; init; }
}
