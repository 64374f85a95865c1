namespace HilRig.Harness.RealTime;

/// <summary>Parts of a run, in order; the first three come once a repeat.</summary>
internal enum LoopPhase
{
    /// <summary>A slow ramp from where the plant is to the start pose.</summary>
    Approach,

    /// <summary>Standing still at the start pose.</summary>
    Settle,

    /// <summary>The controller commands, and ticks count.</summary>
    Measure,

    /// <summary>A slow ramp back to where the plant was armed.</summary>
    Return,

    /// <summary>Nothing is left to do.</summary>
    Ended,
}
