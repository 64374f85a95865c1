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

    /// <summary>
    /// Cause to last servo standing still, by the emulator's stamps, ms; null where not measured.
    /// </summary>
    public double? StoppedAfterMilliseconds { get; init; }

    /// <summary>
    /// Cause to last torque removed, by the emulator's stamps, ms; null where the posture keeps the
    /// torque, or where not measured.
    /// </summary>
    public double? TorqueOffAfterMilliseconds { get; init; }
}
