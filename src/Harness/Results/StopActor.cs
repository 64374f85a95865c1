namespace HilRig.Harness.Results;

/// <summary>Who brings a rig to its safe posture.</summary>
public enum StopActor
{
    /// <summary>The process that owns the bus.</summary>
    Agent,

    /// <summary>The guardian, which took the bus over.</summary>
    Guardian,

    /// <summary>The device's own controller, where it sets the pace.</summary>
    Controller,
}
