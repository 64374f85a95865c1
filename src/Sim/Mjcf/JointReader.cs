using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads joints; bodies and addresses are filled in later.</summary>
internal sealed class JointReader(CompilerSettings compiler)
{
    /// <summary>One joint.</summary>
    /// <param name="at">The joint.</param>
    /// <param name="frame">Pose of the frame elements around it, in the body.</param>
    public JointDraft Read(MjcfAttributes at, Pose frame)
    {
        JointType type = at.Element.Name.LocalName == "freejoint"
            ? JointType.Free
            : at.Word("type", "hinge", "free", "ball", "slide", "hinge") switch
            {
                "free" => JointType.Free,
                "ball" => JointType.Ball,
                "slide" => JointType.Slide,
                _ => JointType.Hinge,
            };
        (double Min, double Max)? range = Range(at, type);
        (double Min, double Max)? force = type.IsScalar()
            ? at.Limits("actuatorfrcrange", "actuatorfrclimited", compiler.AutoLimits)
            : null;
        double angle = type == JointType.Hinge ? compiler.AngleScale : 1;
        double[] raw = at.Numbers("range", 2, 2) ?? [0, 0];
        double rangeScale = type == JointType.Slide ? 1 : compiler.AngleScale;
        (double timeConstant, double ratio) = SpringDamper(at);
        var joint = new ModelJoint
        {
            Name = at.Name,
            Type = type,
            PositionAddress = -1,
            DofAddress = -1,
            Body = -1,
            Parent = -1,
            Position = type == JointType.Free
                ? default
                : frame.Position + frame.Orientation.Rotate(at.Vector("pos", default)),
            Axis = Axis(at, type, frame),
            Reference = type.IsScalar() ? angle * at.Number("ref", 0) : 0,
            Stiffness = Linear(at, "stiffness"),
            SpringReference = type.IsScalar() ? angle * at.Number("springref", 0) : 0,
            Damping = Linear(at, "damping"),
            Armature = at.NotNegative("armature", 0),
            FrictionLoss = at.NotNegative("frictionloss", 0),
            Limited = range is not null,
            RangeMin = rangeScale * raw[0],
            RangeMax = rangeScale * raw[1],
            Margin = at.Number("margin", 0),
            LimitSoftness = at.Softness("solreflimit", "solimplimit"),
            FrictionSoftness = at.Softness("solreffriction", "solimpfriction"),
            ActuatorForceMin = force?.Min ?? double.NegativeInfinity,
            ActuatorForceMax = force?.Max ?? double.PositiveInfinity,
            GravityCompensationIsActuated = at.Flag("actuatorgravcomp", false),
            Group = at.Integer("group", 0),
        };
        bool? aligned = at.Word("align", "auto", "true", "false", "auto") switch
        {
            "true" => true,
            "false" => false,
            _ => null,
        };
        return new JointDraft(at.Element, joint, timeConstant, ratio, aligned);
    }

    private (double Min, double Max)? Range(MjcfAttributes at, JointType type)
    {
        switch (type)
        {
            case JointType.Free:
                return null;
            case JointType.Ball:
                (double Min, double Max)? range =
                    at.Limits("range", "limited", compiler.AutoLimits);
                return range is null or { Min: 0 }
                    ? range
                    : throw MjcfFault.At(
                        at.Find("range")!,
                        "the range of a ball joint does not begin at 0",
                        "\"0 largest-angle\"");
            default:
                return at.Limits("range", "limited", compiler.AutoLimits);
        }
    }

    private static Vector3 Axis(MjcfAttributes at, JointType type, Pose frame)
    {
        var z = new Vector3(0, 0, 1);
        if (!type.IsScalar())
        {
            return z;
        }

        Vector3 axis = at.Vector("axis", z);
        if (axis.Length < 1e-14)
        {
            throw MjcfFault.At(at.Find("axis")!, "the axis has length zero");
        }

        Vector3 turned = frame.Orientation.Rotate((1 / axis.Length) * axis);
        return (1 / turned.Length) * turned;
    }

    private static (double TimeConstant, double Ratio) SpringDamper(MjcfAttributes at)
    {
        double[] values = at.Numbers("springdamper", 2, 2) ?? [0, 0];
        return values is [0, 0] || (values[0] > 0 && values[1] > 0)
            ? (values[0], values[1])
            : throw MjcfFault.At(
                at.Find("springdamper")!,
                "'springdamper' is not positive",
                "a time constant and a damping ratio above 0");
    }

    /// <summary>A coefficient whose polynomial has no higher terms.</summary>
    public static double Linear(MjcfAttributes at, string name)
    {
        double[] values = at.Numbers(name, 1, 3) ?? [0];
        if (values.Skip(1).Any(term => term != 0))
        {
            throw MjcfFault.At(
                at.Find(name)!, $"a polynomial '{name}' is not simulated yet", "one number");
        }

        return values[0] >= 0
            ? values[0]
            : throw MjcfFault.At(at.Find(name)!, $"'{name}' is negative", "0 or more");
    }
}
