using HilRig.Core.Joints;

namespace HilRig.Rig.Learning.Parts;

/// <summary>
/// One part of a run of learning: from the start of the rig's processes to their end. A run has
/// more than one when its rig stopped, or when it was broken off and resumed.
/// </summary>
public sealed record LearnRigPart
{
    /// <summary>Which, from 0.</summary>
    public required int Number { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset BeganUtc { get; init; }

    /// <summary>
    /// How it ended, in a word; null while it goes on, and for good when its process was killed:
    /// its figures are then those of its last stored episode.
    /// </summary>
    public string? Ending { get; init; }

    /// <summary>Why, for people.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Why the rig stopped by itself; None when it did not.</summary>
    public StopReason Stop { get; init; }

    /// <summary>Whether every servo confirmed the safe posture at the end.</summary>
    public bool IsStopConfirmed { get; init; }

    /// <summary>Whether the operator cleared this part's stop, so that the run went on.</summary>
    public bool IsRearmed { get; init; }

    /// <summary>Episodes that were stored.</summary>
    public int Episodes { get; init; }

    /// <summary>Their steps.</summary>
    public long Steps { get; init; }

    /// <summary>Commands outside the rig's limits that the agent refused.</summary>
    public long LimitViolations { get; init; }

    /// <summary>Commands that came too late to be acted on.</summary>
    public long StaleCommands { get; init; }

    /// <summary>Ticks of the loop; 0 where the part was killed, as the next four.</summary>
    public long Ticks { get; init; }

    /// <summary>Ticks that the loop slept through.</summary>
    public long MissedTicks { get; init; }

    /// <summary>Ticks whose command nobody answered.</summary>
    public long UnansweredTicks { get; init; }

    /// <summary>Ticks on which a limit changed a goal in the loop.</summary>
    public long ClippedTicks { get; init; }

    /// <summary>Ticks that were lost because the recorder fell behind.</summary>
    public long UnrecordedTicks { get; init; }

    /// <summary>Seconds on the wall.</summary>
    public double WallSeconds { get; init; }

    /// <summary>Seconds of processor of the host.</summary>
    public double CpuSeconds { get; init; }

    /// <summary>Times that the learner was killed on purpose.</summary>
    public int LearnerKills { get; init; }

    /// <summary>Times that it was started again after it had died.</summary>
    public int LearnerRestarts { get; init; }

    /// <summary>Recording of the part, in the run's folder.</summary>
    public string Recording { get; init; } = "";
}
