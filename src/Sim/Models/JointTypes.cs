namespace HilRig.Sim.Models;

/// <summary>Sizes of each <see cref="JointType"/>.</summary>
public static class JointTypes
{
    /// <summary>Numbers in the position vector (qpos): 7, 4, 1, 1.</summary>
    /// <param name="type">Joint type.</param>
    public static int PositionCount(this JointType type) => type switch
    {
        JointType.Free => 7,
        JointType.Ball => 4,
        JointType.Slide => 1,
        JointType.Hinge => 1,
    };

    /// <summary>Degrees of freedom: 6, 3, 1, 1.</summary>
    /// <param name="type">Joint type.</param>
    public static int DofCount(this JointType type) => type switch
    {
        JointType.Free => 6,
        JointType.Ball => 3,
        JointType.Slide => 1,
        JointType.Hinge => 1,
    };

    /// <summary>Whether it has one degree of freedom.</summary>
    /// <param name="type">Joint type.</param>
    public static bool IsScalar(this JointType type) => type.DofCount() == 1;
}
