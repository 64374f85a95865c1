namespace HilRig.Core.Episodes;

/// <summary>What was done to the action of a step before it was executed, and why.</summary>
[Flags]
public enum StepFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A limit of the rig changed a joint's goal.</summary>
    Clipped = 1,

    /// <summary>The actor was cut to its largest distance from the imitation.</summary>
    Capped = 2,

    /// <summary>A locked dimension was given to the imitation policy.</summary>
    Locked = 4,

    /// <summary>The critics disagreed, so the imitation policy acted.</summary>
    CriticsDisagreed = 8,

    /// <summary>A value left the range of returns, so the imitation policy acted.</summary>
    ValueOutOfRange = 16,
}
