namespace HilRig.Sim.Models;

/// <summary>How a joint lets its body move against the parent, as MJCF has it.</summary>
public enum JointType
{
    /// <summary>
    /// Position [7]: place in m, then quaternion w, x, y, z. Velocity [6]: linear in world axes,
    /// m/s, then angular in the body's axes, rad/s.
    /// </summary>
    Free,

    /// <summary>
    /// Position [4]: quaternion w, x, y, z. Velocity [3]: angular in the body's axes, rad/s.
    /// </summary>
    Ball,

    /// <summary>Along an axis; position in m.</summary>
    Slide,

    /// <summary>About an axis; position in rad.</summary>
    Hinge,
}
