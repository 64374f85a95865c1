namespace HilRig.Harness.Episodes.RealTime;

/// <summary>What a step record holds.</summary>
internal enum StepKind
{
    /// <summary>An observation and the action executed from it.</summary>
    Step,

    /// <summary>The last observation; the episode is over.</summary>
    End,

    /// <summary>The episode could not be observed to its end; its last step is no step.
    /// </summary>
    Broken,
}
