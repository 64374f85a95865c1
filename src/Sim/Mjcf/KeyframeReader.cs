using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads keyframes.</summary>
internal static class KeyframeReader
{
    /// <summary>
    /// Reads every keyframe section; what a key leaves out is reference, rest and 0, and so are
    /// keys that only the size section announces. Quaternions get length one; of zero, 1 0 0 0, as
    /// in MuJoCo.
    /// </summary>
    public static IReadOnlyList<ModelKeyframe> Read(
        XElement root,
        TreeFlattening tree,
        IReadOnlyList<ModelActuator> actuators,
        NoticeList notices)
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
            Normalize(at, tree.Joints, position, notices);
            keyframes.Add(new ModelKeyframe(
                at.Name,
                position,
                at.Numbers("qvel", dofs, dofs) ?? new double[dofs],
                at.Numbers("ctrl", actuators.Count, actuators.Count)
                    ?? new double[actuators.Count],
                at.Numbers("act", activations, activations) ?? new double[activations]));
        }

        int wanted = ModelSize.Read(root, "nkey", 0);
        while (keyframes.Count < wanted)
        {
            keyframes.Add(new ModelKeyframe(
                "",
                [.. tree.ReferencePosition],
                new double[dofs],
                new double[actuators.Count],
                new double[activations]));
        }

        return keyframes;
    }

    private static void Normalize(
        MjcfAttributes at,
        IReadOnlyList<ModelJoint> joints,
        double[] position,
        NoticeList notices)
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
                notices.Add(
                    at.Element, $"the zero quaternion of joint '{joint.Name}' became 1 0 0 0");
                q[0] = 1;
                continue;
            }

            foreach (ref double part in q)
            {
                part /= length;
            }
        }
    }
}
