namespace HilRig.Harness.Episodes.Resets;

/// <summary>How a reset ended.</summary>
public enum ResetExit
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>The episode can begin.</summary>
    Ready,

    /// <summary>This start is left out.</summary>
    Skipped,

    /// <summary>The operator says that the rig is broken.</summary>
    Broken,

    /// <summary>The operator never confirmed.</summary>
    OperatorSilent,

    /// <summary>The arm did not do as ordered, however often.</summary>
    ArmStuck,

    /// <summary>The checks failed too often.</summary>
    NeverVerified,
}
