namespace HilRig.Harness.Faults;

/// <summary>What a target names.</summary>
public enum FaultTarget
{
    /// <summary>A word of the layer, such as "bus" or "agent".</summary>
    Word,

    /// <summary>A joint by its name.</summary>
    Joint,

    /// <summary>A joint by its name, or "*" for every joint.</summary>
    Joints,
}
