namespace HilRig.Sim.Dynamics;

/// <summary>How an actuator's force reaches the dofs.</summary>
internal enum DriveKind
{
    /// <summary>One slide or hinge, by the first gear.</summary>
    Scalar,

    /// <summary>A ball joint, about its body's axes.</summary>
    Ball,

    /// <summary>A ball joint, about its parent's axes.</summary>
    BallInParent,

    /// <summary>A free joint; torques about its body's axes.</summary>
    Free,

    /// <summary>A free joint; torques about the world's axes.</summary>
    FreeInParent,

    /// <summary>The joints of a tendon.</summary>
    Tendon,

    /// <summary>All dofs that carry a site; force and torque in the site's axes.</summary>
    Site,
}
