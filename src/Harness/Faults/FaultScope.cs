namespace HilRig.Harness.Faults;

/// <summary>On which plants a fault may be asked for.</summary>
public enum FaultScope
{
    /// <summary>Any: real, virtual, recorded.</summary>
    AnyPlant,

    /// <summary>Any rig with an agent, whose limits and deadman hold.</summary>
    AnyRig,

    /// <summary>A virtual rig only.</summary>
    VirtualRig,

    /// <summary>A virtual rig whose emulator offers an emergency stop.</summary>
    VirtualEmergencyStop,
}
