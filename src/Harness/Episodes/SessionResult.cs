using HilRig.Core.RealTime;
using HilRig.Harness.Episodes.Health;

namespace HilRig.Harness.Episodes;

/// <summary>What a session came to.</summary>
public sealed record SessionResult
{
    /// <summary>How it ended.</summary>
    public required SessionEnding Ending { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Counts, of the operator too.</summary>
    public required SessionTally Tally { get; init; }

    /// <summary>How the newest episodes did.</summary>
    public required HealthFigures Health { get; init; }

    /// <summary>Ticks of the loop.</summary>
    public required long TickCount { get; init; }

    /// <summary>Ticks that the loop slept through.</summary>
    public required long MissedTickCount { get; init; }

    /// <summary>Ticks whose command nobody answered.</summary>
    public required long UnansweredTickCount { get; init; }

    /// <summary>Ticks on which a limit changed a goal in the loop.</summary>
    public required long ClippedTickCount { get; init; }

    /// <summary>Ticks that were lost because the recorder fell behind.</summary>
    public required long UnrecordedTickCount { get; init; }

    /// <summary>Bytes that the loop's thread allocated after warm-up.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Whether the plant confirmed its safe posture.</summary>
    public required bool IsStopConfirmed { get; init; }

    /// <summary>What the machine granted.</summary>
    public IReadOnlyList<RealTimeGrant> Grants { get; init; } = [];
}
