using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads fixed tendons.</summary>
internal sealed class TendonReader(
    DefaultClasses classes, CompilerSettings compiler, ModelNames names, TreeFlattening tree)
{
    /// <summary>Reads every tendon section.</summary>
    public IReadOnlyList<ModelTendon> Read(XElement root)
    {
        var tendons = new List<ModelTendon>();
        var taken = new HashSet<string>();
        foreach (XElement element in root.Elements("tendon").Elements("fixed"))
        {
            ModelTendon tendon = ReadOne(element);
            if (tendon.Name.Length > 0 && !taken.Add(tendon.Name))
            {
                throw MjcfFault.At(element, $"the name '{tendon.Name}' is used twice");
            }

            tendons.Add(tendon);
        }

        return tendons;
    }

    private ModelTendon ReadOne(XElement element)
    {
        MjcfAttributes at = classes.Resolve(element, null, "tendon");
        int[] joints = [.. element.Elements("joint").Select(FindJoint)];
        double[] coefficients =
        [
            .. element.Elements("joint")
                .Select(joint => new MjcfAttributes(joint).Number("coef", 0)),
        ];
        if (joints.Length == 0)
        {
            throw MjcfFault.At(element, "the tendon has no joint", "<joint joint=… coef=…/>");
        }

        double Length(List<double> position) => Enumerable.Range(0, joints.Length)
            .Sum(i => coefficients[i] * position[tree.Joints[joints[i]].PositionAddress]);
        (double Min, double Max)? range = at.Limits("range", "limited", compiler.AutoLimits);
        double[] raw = at.Numbers("range", 2, 2) ?? [0, 0];
        (double forceMin, double forceMax) = Force(at);
        (double springMin, double springMax) = Spring(at, Length(tree.SpringPosition));
        return new ModelTendon
        {
            Name = at.Name,
            Joints = joints,
            Coefficients = coefficients,
            Stiffness = JointReader.Linear(at, "stiffness"),
            Damping = JointReader.Linear(at, "damping"),
            Armature = at.NotNegative("armature", 0),
            FrictionLoss = at.NotNegative("frictionloss", 0),
            SpringLengthMin = springMin,
            SpringLengthMax = springMax,
            Limited = range is not null,
            RangeMin = raw[0],
            RangeMax = raw[1],
            Margin = at.Number("margin", 0),
            LimitSoftness = at.Softness("solreflimit", "solimplimit"),
            FrictionSoftness = at.Softness("solreffriction", "solimpfriction"),
            ActuatorForceMin = forceMin,
            ActuatorForceMax = forceMax,
            ReferenceLength = Length(tree.ReferencePosition),
        };
    }

    private int FindJoint(XElement element)
    {
        int joint = names.Find(new MjcfAttributes(element), "joint", "joint");
        return tree.Joints[joint].Type.IsScalar()
            ? joint
            : throw MjcfFault.At(element, "a tendon takes a ball or free joint", "slide, hinge");
    }

    private (double Min, double Max) Force(MjcfAttributes at)
    {
        (double Min, double Max)? force =
            at.Limits("actuatorfrcrange", "actuatorfrclimited", compiler.AutoLimits);
        return force is null or { Min: <= 0, Max: >= 0 }
            ? force ?? (double.NegativeInfinity, double.PositiveInfinity)
            : throw MjcfFault.At(
                at.Find("actuatorfrcrange")!, "the range does not hold 0", "from 0 or below to 0 "
                    + "or above");
    }

    // One number holds for both ends; -1 is the length at the position of rest.
    private static (double Min, double Max) Spring(MjcfAttributes at, double atRest)
    {
        double[] given = at.Numbers("springlength", 1, 2) ?? [-1];
        (double low, double high) = (given[0], given[^1]);
        if (low == -1 && high == -1)
        {
            return (atRest, atRest);
        }

        return low <= high
            ? (low, high)
            : throw MjcfFault.At(
                at.Find("springlength")!, "'springlength' is negative", "the shorter length first");
    }
}
