using HilRig.Core.Errors;
using HilRig.Sim.Models;

namespace HilRig.Sim;

/// <summary>Finds joints of a model by name.</summary>
internal static class JointMap
{
    /// <summary>The model's dof of each name.</summary>
    /// <exception cref="ModelException">A joint is not in the model, or is named twice.</exception>
    public static int[] Find(Model model, IReadOnlyList<string> names)
    {
        int[] dofs = new int[names.Count];
        for (int i = 0; i < names.Count; i++)
        {
            dofs[i] = model.IndexOfJoint(names[i]);
            if (dofs[i] < 0)
            {
                throw new ModelException(
                    $"joint '{names[i]}' is not in the model",
                    model.Path,
                    "one of " + string.Join(", ", model.Joints.Select(joint => joint.Name)),
                    remedy: "correct the joint name in the rig file, or name another model");
            }

            if (Array.IndexOf(dofs, dofs[i], 0, i) >= 0)
            {
                throw new ModelException($"joint '{names[i]}' is used twice", model.Path);
            }
        }

        return dofs;
    }
}
