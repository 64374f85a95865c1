namespace HilRig.Core.Joints;

/// <summary>What a joint's coordinate means, and so its SI unit.</summary>
public enum JointKind
{
    /// <summary>Turns about an axis; position in rad, velocity in rad/s, effort in N·m.</summary>
    Revolute,

    /// <summary>Slides along an axis; position in m, velocity in m/s, effort in N.</summary>
    Prismatic,
}
