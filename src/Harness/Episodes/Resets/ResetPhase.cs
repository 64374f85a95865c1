namespace HilRig.Harness.Episodes.Resets;

/// <summary>Steps of a reset by a person, in order.</summary>
public enum ResetPhase
{
    /// <summary>The arm stands still.</summary>
    Freeze,

    /// <summary>The arm goes back the way it came, then away.</summary>
    Retreat,

    /// <summary>The hand opens, and the arm holds: a person may come near.</summary>
    ArmOpen,

    /// <summary>The operator sets the scene, steps out and says so.</summary>
    Confirm,

    /// <summary>The arm goes to the start pose; arm, scene and bus are checked.</summary>
    Verify,

    /// <summary>All is well; the episode begins in a moment.</summary>
    Ready,
}
