using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim;

/// <summary>Finds joints of a model by name.</summary>
internal static class JointMap
{
    /// <summary>The model's joint of each name; each a slide or hinge.</summary>
    /// <exception cref="ModelException">
    /// A joint is not in the model, is named twice, or has more than one degree of freedom.
    /// </exception>
    public static ModelJoint[] Find(Model model, IReadOnlyList<string> names) =>
        [.. Indices(model, names).Select(joint => model.Joints[joint])];

    private static int[] Indices(Model model, IReadOnlyList<string> names)
    {
        int[] joints = new int[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            joints[i] = model.IndexOfJoint(names[i]);
            if (joints[i] < 0)
            {
                throw new ModelException(
                    $"joint '{names[i]}' is not in the model",
                    model.Path,
                    "one of " + string.Join(", ", model.Joints.Select(joint => joint.Name)),
                    remedy: "correct the joint name in the rig file, or name another model");
            }

            if (Array.IndexOf(joints, joints[i], 0, i) >= 0)
            {
                throw new ModelException($"joint '{names[i]}' is used twice", model.Path);
            }

            if (!model.Joints[joints[i]].Type.IsScalar())
            {
                throw new ModelException(
                    $"joint '{names[i]}' has more than one degree of freedom",
                    model.Path,
                    "a slide or a hinge",
                    model.Joints[joints[i]].Type.ToString(),
                    "name another joint in the rig file");
            }
        }

        return joints;
    }
}
