using HilRig.Core.Joints;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>Faults of joints that several parts of a scenario can name wrongly.</summary>
internal static class JointFaults
{
    /// <summary>The rig has no such joint.</summary>
    internal static YamlFault Unknown(string name, string where, IReadOnlyList<JointBounds> joints)
    {
        string[] names = [.. joints.Select(joint => joint.Name)];
        string? nearest = NearestName.Of(name, names);
        return new YamlFault(
            where,
            $"The joint '{name}' is not on the rig",
            "one of " + string.Join(", ", names),
            null,
            nearest is null ? null : $"'{nearest}'");
    }

    /// <summary>An angle for a slide, or a length for a hinge.</summary>
    internal static YamlFault WrongKind(JointBounds joint, string where) => new(
        where,
        $"The joint '{joint.Name}' moves in {joint.Unit}",
        joint.Kind == JointKind.Revolute ? "an angle" : "a length",
        joint.Kind == JointKind.Revolute ? "a length" : "an angle");
}
