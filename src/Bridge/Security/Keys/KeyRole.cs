namespace HilRig.Bridge.Security.Keys;

/// <summary>What the holder of a key may do; each role includes those before it.</summary>
public enum KeyRole
{
    /// <summary>Reads states, and may ask for a stop.</summary>
    Observe,

    /// <summary>Also owns the rig, arms it and commands it.</summary>
    Command,

    /// <summary>Also clears a latched stop and ends the agent.</summary>
    Admin,
}
