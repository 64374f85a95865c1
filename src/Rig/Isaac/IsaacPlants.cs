using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;

namespace HilRig.Rig.Isaac;

/// <summary>Opens the plant of a rig that Isaac simulates.</summary>
internal static class IsaacPlants
{
    /// <summary>Binds the ports to which Isaac connects.</summary>
    /// <param name="rig">A rig with an 'isaac' block.</param>
    /// <param name="period">Period of the scenario, which must be Isaac's.</param>
    /// <exception cref="RigException">A port is taken; the field numbers are wrong.</exception>
    public static IsaacPlant Open(RigDescription rig, TimeSpan period)
    {
        IsaacRigDescription isaac = rig.Isaac!;
        return IsaacPlant.Open(new IsaacPlantOptions
        {
            Description = new PlantDescription(
                rig.Name, [.. rig.Joints.Select(joint => joint.Describe())]),
            JointNames = [.. rig.Joints.Select(joint => joint.ModelJoint)],
            Period = period,
            Ports = new IsaacPorts
            {
                Stream = isaac.StreamPort,
                Control = isaac.CommandPort,
                Settings = 0,
                Effector = 0,
            },
            StatesTopic = isaac.StatesTopic,
            CommandTopic = isaac.CommandTopic,
            Numbers = IsaacFieldNumbers.Load(isaac.FieldsPath),
            LostTimeout = TimeSpan.FromSeconds(Math.Max(rig.DeadmanSeconds, 1)),
        });
    }
}
