namespace HilRig.Harness.Episodes;

/// <summary>How a session ended.</summary>
public enum SessionEnding
{
    /// <summary>The programme is done.</summary>
    Completed,

    /// <summary>The operator ended it.</summary>
    OperatorQuit,

    /// <summary>The operator did not answer.</summary>
    OperatorSilent,

    /// <summary>The operator says that the rig is broken.</summary>
    RigBroken,

    /// <summary>The arm did not do as ordered in a reset.</summary>
    ArmStuck,

    /// <summary>The checks before an episode failed too often.</summary>
    NeverVerified,

    /// <summary>Episodes broke off one after the other.</summary>
    EpisodesBroken,

    /// <summary>The plant latched a stop, or is gone.</summary>
    PlantStopped,

    /// <summary>Episodes or the recording no longer reach the disk.</summary>
    NotStored,

    /// <summary>Somebody asked the program to end.</summary>
    Cancelled,

    /// <summary>A part of the program failed: a bug, or a programme that cannot go on.</summary>
    Failed,
}
