namespace HilRig.Core.Sessions;

/// <summary>Whether a command may be acted on, and why not. Each reason is counted.</summary>
public enum CommandVerdict
{
    /// <summary>Act on it.</summary>
    Accepted,

    /// <summary>
    /// Its valid-until instant has passed, or its instants are not of now: planned or valid until
    /// a time further away than the deadman.
    /// </summary>
    Stale,

    /// <summary>Its sequence equals the last accepted one.</summary>
    Duplicate,

    /// <summary>Its sequence is lower than the last accepted one.</summary>
    Reordered,

    /// <summary>It carries another session.</summary>
    ForeignSession,

    /// <summary>It carries an owner token that is not the current one.</summary>
    NotOwner,

    /// <summary>
    /// A goal is NaN, infinite, outside the limits, too far from the measured position or too fast,
    /// or the command takes torque away from a rig that must not fall.
    /// </summary>
    Illegal,

    /// <summary>The agent is disarmed or has latched a stop.</summary>
    NotArmed,
}
