using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads keyframes.</summary>
internal static class KeyframeReader
{
    /// <summary>
    /// Reads every keyframe section; what a key leaves out is reference, rest and 0. Quaternions
    /// get length one.
    /// </summary>
    public static IReadOnlyList<ModelKeyframe> Read(
        XElement root, TreeFlattening tree, IReadOnlyList<ModelActuator> actuators)
    {
        int positions = tree.ReferencePosition.Count;
        int dofs = tree.Joints.Sum(joint => joint.Type.DofCount());
        int activations = actuators.Count(actuator => actuator.ActivationAddress >= 0);
        var keyframes = new List<ModelKeyframe>();
        foreach (XElement key in root.Elements("keyframe").Elements("key"))
        {
            var at = new MjcfAttributes(key);
            double[] position = at.Numbers("qpos", positions, positions)
                ?? [.. tree.ReferencePosition];
            Normalize(at, tree.Joints, position);
            keyframes.Add(new ModelKeyframe(
                at.Name,
                position,
                at.Numbers("qvel", dofs, dofs) ?? new double[dofs],
                at.Numbers("ctrl", actuators.Count, actuators.Count)
                    ?? new double[actuators.Count],
                at.Numbers("act", activations, activations) ?? new double[activations]));
        }

        return keyframes;
    }

    private static void Normalize(
        MjcfAttributes at, IReadOnlyList<ModelJoint> joints, double[] position)
    {
        foreach (ModelJoint joint in joints.Where(joint => !joint.Type.IsScalar()))
        {
            Span<double> q = position.AsSpan(
                joint.PositionAddress + joint.Type.PositionCount() - 4, 4);
            double square = 0;
            foreach (double part in q)
            {
                square += part * part;
            }

            double length = Math.Sqrt(square);
            if (length < 1e-15)
            {
                throw MjcfFault.At(
                    at.Find("qpos")!,
                    $"the quaternion of joint '{joint.Name}' is zero",
                    "1 0 0 0 for none");
            }

            foreach (ref double part in q)
            {
                part /= length;
            }
        }
    }
}
