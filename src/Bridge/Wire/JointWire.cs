using Google.Protobuf.Collections;
using HilRig.Bridge.Protos;
using HilRig.Core.Joints;

namespace HilRig.Bridge.Wire;

/// <summary>Joints as the handshake names them.</summary>
internal static class JointWire
{
    /// <summary>Adds every joint's name, unit and limits.</summary>
    /// <param name="wire">The message's list.</param>
    /// <param name="joints">The joints.</param>
    public static void AddTo(RepeatedField<Joint> wire, IReadOnlyList<JointDescription> joints)
    {
        foreach (JointDescription joint in joints)
        {
            wire.Add(new Joint
            {
                Name = joint.Name,
                Unit = UnitOf(joint.Kind),
                PositionMin = joint.Limits.PositionMin,
                PositionMax = joint.Limits.PositionMax,
                VelocityMax = joint.Limits.VelocityMax,
            });
        }
    }

    /// <summary>First index at which two joint lists differ, or -1.</summary>
    /// <param name="wire">Joints of the peer.</param>
    /// <param name="joints">Our joints.</param>
    public static int FirstDifference(
        RepeatedField<Joint> wire, IReadOnlyList<JointDescription> joints)
    {
        int shared = Math.Min(wire.Count, joints.Count);
        for (int i = 0; i < shared; i++)
        {
            if (wire[i].Name != joints[i].Name || wire[i].Unit != UnitOf(joints[i].Kind))
            {
                return i;
            }
        }

        return wire.Count == joints.Count ? -1 : shared;
    }

    /// <summary>Joint <paramref name="index"/> in words.</summary>
    /// <param name="wire">Joints of the peer.</param>
    /// <param name="index">Index, may be past the end.</param>
    public static string Describe(RepeatedField<Joint> wire, int index) =>
        index < wire.Count ? Describe(index, wire[index].Name, wire[index].Unit) : NoJoint(index);

    /// <summary>Joint <paramref name="index"/> in words.</summary>
    /// <param name="joints">Our joints.</param>
    /// <param name="index">Index, may be past the end.</param>
    public static string Describe(IReadOnlyList<JointDescription> joints, int index) =>
        index < joints.Count
            ? Describe(index, joints[index].Name, UnitOf(joints[index].Kind))
            : NoJoint(index);

    private static string Describe(int index, string name, JointUnit unit) =>
        $"joint {index} \"{name}\" in {(unit == JointUnit.Meters ? "m" : "rad")}";

    private static string NoJoint(int index) => $"no joint {index}";

    private static JointUnit UnitOf(JointKind kind) => kind switch
    {
        JointKind.Revolute => JointUnit.Radians,
        JointKind.Prismatic => JointUnit.Meters,
    };
}
