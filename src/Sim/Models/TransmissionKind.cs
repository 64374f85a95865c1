namespace HilRig.Sim.Models;

/// <summary>What an actuator pulls at.</summary>
public enum TransmissionKind
{
    /// <summary>A joint; the gear of a ball or free joint is in the body's axes.</summary>
    Joint,

    /// <summary>A joint; the gear of a ball or free joint is in the parent's axes.</summary>
    JointInParent,

    /// <summary>A tendon.</summary>
    Tendon,

    /// <summary>A site; the gear is a force and torque in its axes.</summary>
    Site,
}
