using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;

namespace HilRig.Rig.Plants;

/// <summary>
/// Loads the model of an arm as its rig has it: mounted, loaded, with all its joints.
/// </summary>
internal static class TwinModel
{
    /// <summary>Loads and fits a model.</summary>
    /// <param name="path">MJCF file.</param>
    /// <param name="arm">Mount, payload, joints and zero keyframe.</param>
    /// <exception cref="ModelException">
    /// The model is wrong or lacks something the rig names.
    /// </exception>
    public static Model Load(string path, ArmDescription arm)
    {
        Model model = MjcfLoader.Load(path, new MjcfOptions { SkipMeshes = arm.SkipMeshes });
        foreach (JointMapping joint in arm.Joints)
        {
            if (model.IndexOfJoint(joint.ModelJoint) < 0)
            {
                throw new ModelException(
                    $"The rig's joint '{joint.Name}' is not in the model",
                    path,
                    "one of " + string.Join(", ", model.Joints.Select(known => known.Name)),
                    joint.ModelJoint,
                    "'modelJoint' in the rig file");
            }
        }

        RequireZeroAtKeyframe(model, arm);
        model = ModelFitting.Mounted(model, arm.Mount.Quaternion);
        return arm.Payload is { } load
            ? ModelFitting.Loaded(
                model, load.Body, load.MassKilograms, load.CenterOfMass, load.Inertia)
            : model;
    }

    /// <summary>
    /// Counts become positions by the rig's zero; a model whose zero pose is another would be off
    /// by a constant in every joint.
    /// </summary>
    private static void RequireZeroAtKeyframe(Model model, ArmDescription arm)
    {
        if (arm.ZeroKeyframe is null)
        {
            return;
        }

        ModelKeyframe keyframe = model.FindKeyframe(arm.ZeroKeyframe)
            ?? throw new ModelException(
                $"The model has no keyframe '{arm.ZeroKeyframe}'",
                model.Path,
                "one of " + string.Join(", ", model.Keyframes.Select(known => known.Name)),
                remedy: "'zeroKeyframe' in the rig file");
        foreach (JointMapping joint in arm.Joints)
        {
            double position = keyframe.Position[model.IndexOfJoint(joint.ModelJoint)];
            if (Math.Abs(position) > 1e-9)
            {
                throw new ModelException(
                    $"The joint '{joint.ModelJoint}' is not zero "
                        + $"in the keyframe '{arm.ZeroKeyframe}'",
                    model.Path,
                    "0",
                    FormattableString.Invariant($"{position}"),
                    "correct the keyframe, or the rig's zero counts");
            }
        }
    }
}
