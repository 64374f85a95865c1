using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;

namespace HilRig.Harness.Scenarios;

/// <summary>A joint with everything the loop limits. SI units of its kind.</summary>
/// <param name="Name">Joint name.</param>
/// <param name="Kind">Revolute or prismatic.</param>
/// <param name="Limits">Position and velocity limits of commands.</param>
/// <param name="StepMax">Largest difference between a goal and the measured position.</param>
public sealed record JointBounds(string Name, JointKind Kind, JointLimits Limits, double StepMax)
{
    /// <summary>Unit of positions: "rad" or "m".</summary>
    public string Unit => Kind == JointKind.Revolute ? "rad" : "m";

    /// <summary>The joints of a rig, in [dof] order.</summary>
    /// <param name="rig">The rig.</param>
    public static IReadOnlyList<JointBounds> From(RigDescription rig) =>
        [.. rig.Joints.Select(joint => new JointBounds(
            joint.Name, joint.Kind, joint.Describe().Limits, joint.StepMax))];

    /// <summary>The joints of a plant without a rig file (a recording): no step limit.</summary>
    /// <param name="plant">The plant.</param>
    public static IReadOnlyList<JointBounds> From(PlantDescription plant) =>
        [.. plant.Joints.Select(joint => new JointBounds(
            joint.Name, joint.Kind, joint.Limits, double.PositiveInfinity))];
}
