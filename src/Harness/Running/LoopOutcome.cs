using HilRig.Core.RealTime;
using HilRig.Harness.RealTime;

namespace HilRig.Harness.Running;

/// <summary>What a finished loop leaves.</summary>
internal sealed record LoopOutcome
{
    /// <summary>How it ended.</summary>
    internal required LoopEnding Ending { get; init; }

    /// <summary>Ticks lost because the recorder fell behind.</summary>
    internal required long OverflowCount { get; init; }

    /// <summary>Bytes its thread allocated after warm-up.</summary>
    internal required long AllocatedBytes { get; init; }

    /// <summary>What held it up.</summary>
    internal required LoopDisturbance Disturbance { get; init; }

    /// <summary>
    /// Whether the plant confirmed its safe posture; false until it has been asked.
    /// </summary>
    internal bool IsStopConfirmed { get; init; }

    /// <summary>What the machine granted.</summary>
    internal IReadOnlyList<RealTimeGrant> Grants { get; init; } = [];
}
