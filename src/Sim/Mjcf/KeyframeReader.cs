using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads keyframes.</summary>
internal static class KeyframeReader
{
    /// <summary>
    /// Reads every keyframe section; what a key leaves out is reference, rest and 0.
    /// </summary>
    public static IReadOnlyList<ModelKeyframe> Read(
        XElement root, IReadOnlyList<ModelJoint> joints, int actuatorCount)
    {
        var keyframes = new List<ModelKeyframe>();
        foreach (XElement key in root.Elements("keyframe").Elements("key"))
        {
            var at = new MjcfAttributes(key);
            int dofs = joints.Count;
            keyframes.Add(new ModelKeyframe(
                at.Name,
                at.Numbers("qpos", dofs, dofs) ?? [.. joints.Select(joint => joint.Reference)],
                at.Numbers("qvel", dofs, dofs) ?? new double[dofs],
                at.Numbers("ctrl", actuatorCount, actuatorCount) ?? new double[actuatorCount],
                []));
        }

        return keyframes;
    }
}
