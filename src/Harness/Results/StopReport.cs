using System.Text.Json.Serialization;
using HilRig.Core.Joints;

namespace HilRig.Harness.Results;

/// <summary>Why and how the rig stopped before the run was over.</summary>
public sealed record StopReport
{
    /// <summary>Why.</summary>
    public required StopReason Cause { get; init; }

    /// <summary>Who brought the rig to its safe posture.</summary>
    public required StopActor By { get; init; }

    /// <summary>Whether every servo has confirmed the safe posture (read back).</summary>
    public required bool Acknowledged { get; init; }

    /// <summary>When the cause came, CLOCK_MONOTONIC ns; null when it is not known.</summary>
    public long? CauseNanoseconds { get; init; }

    /// <summary>What that instant is; null where it is not known.</summary>
    public StopCauseSource? CauseFrom { get; init; }

    /// <summary>Cause to the decision of agent or guardian, ms; null where not known.</summary>
    [JsonPropertyName("decidedAfter_ms")]
    public double? DecidedAfterMilliseconds { get; init; }

    /// <summary>
    /// Cause to the arrival of the last servo's first stop write, by the emulator's stamps, ms;
    /// null when none arrived, or where not measured.
    /// </summary>
    [JsonPropertyName("writtenAfter_ms")]
    public double? WrittenAfterMilliseconds { get; init; }

    /// <summary>
    /// Cause to the last servo at rest (shaft below 0.05 rad/s, goal unchanged), by the emulator's
    /// stamps, ms; null when one never rested, or where not measured.
    /// </summary>
    [JsonPropertyName("stoppedAfter_ms")]
    public double? StoppedAfterMilliseconds { get; init; }

    /// <summary>
    /// Cause to last torque removed, by the emulator's stamps, ms; null where the posture keeps the
    /// torque, or where not measured.
    /// </summary>
    [JsonPropertyName("torqueOffAfter_ms")]
    public double? TorqueOffAfterMilliseconds { get; init; }
}
