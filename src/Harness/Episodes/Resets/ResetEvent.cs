namespace HilRig.Harness.Episodes.Resets;

/// <summary>What can happen in a reset.</summary>
public enum ResetEvent
{
    /// <summary>The arm is where the phase wants it; in Ready: the moment is over.</summary>
    Reached,

    /// <summary>The phase took too long.</summary>
    TimedOut,

    /// <summary>The operator says that the scene is set and the way is clear.</summary>
    Confirmed,

    /// <summary>Every check passed.</summary>
    Passed,

    /// <summary>A check failed.</summary>
    Refused,

    /// <summary>The operator wants the reset again from its beginning.</summary>
    Retry,

    /// <summary>The operator leaves this start out.</summary>
    Skip,

    /// <summary>The operator says that the rig is broken.</summary>
    Broken,
}
