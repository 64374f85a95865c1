namespace HilRig.Harness.Results;

/// <summary>What the control loop counted over the measured phases.</summary>
public sealed record LoopReport
{
    /// <summary>Planned rate, Hz.</summary>
    public required double RateHertz { get; init; }

    /// <summary>Measured ticks.</summary>
    public required long TickCount { get; init; }

    /// <summary>Ticks skipped because the loop woke too late (or packets a device lost).</summary>
    public required long MissedCount { get; init; }

    /// <summary>Ticks whose command was never answered.</summary>
    public required long UnansweredCount { get; init; }

    /// <summary>Ticks in which at least one joint's command was clipped by a limit.</summary>
    public required long ClippedCount { get; init; }

    /// <summary>Ticks lost because the recorder fell behind; any is a rig error.</summary>
    public required long OverflowCount { get; init; }

    /// <summary>Bytes the loop's thread allocated on the managed heap after warm-up.</summary>
    public required long AllocatedBytes { get; init; }

    /// <summary>Garbage collections of the process while the loop ran.</summary>
    public required int CollectionCount { get; init; }

    /// <summary>Time all threads stood still for collections while the loop ran, ms.</summary>
    public required double PauseMilliseconds { get; init; }
}
