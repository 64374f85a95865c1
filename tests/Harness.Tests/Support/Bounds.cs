using HilRig.Core.Joints;
using HilRig.Core.Units;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Support;

/// <summary>Joints for tests.</summary>
internal static class Bounds
{
    public static JointBounds Of(
        string name, double range = 3, double velocity = 5, double step = 10) => new(
            name, JointKind.Revolute, new JointLimits(-range, range, velocity, 1), step);

    /// <summary>The joints of the shipped virtual rig, from its file.</summary>
    public static IReadOnlyList<JointBounds> So101()
    {
        YamlMap root = YamlDocument.Load(Repository.File("rigs/so101-virtual.yaml")).Root;
        IReadOnlyList<YamlField> joints =
            root.Required("arms").Items()[0].Map().Required("joints").Items();
        return [.. joints.Select(joint => Read(joint.Map()))];
    }

    private static JointBounds Read(YamlMap joint)
    {
        YamlMap soft = joint.Required("soft").Map();
        return new JointBounds(
            joint.Required("name").Text(),
            JointKind.Revolute,
            new JointLimits(
                soft.Required("min").Quantity(Dimension.Angle),
                soft.Required("max").Quantity(Dimension.Angle),
                joint.Required("velocity").Quantity(Dimension.AngularVelocity),
                1),
            joint.Required("step").Quantity(Dimension.Angle));
    }
}
