namespace HilRig.Devices.Agent.RealTime;

/// <summary>Which limit a command violates.</summary>
internal enum CommandFault
{
    /// <summary>None.</summary>
    None,

    /// <summary>The goal is NaN or infinite.</summary>
    NotFinite,

    /// <summary>The goal is outside the soft limits.</summary>
    Position,

    /// <summary>The goal is too far from the measured position.</summary>
    Step,

    /// <summary>The goal moves faster than the joint may.</summary>
    Velocity,

    /// <summary>Torque off on a rig that must not fall.</summary>
    TorqueOff,
}
