using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads joints.</summary>
internal sealed class JointReader(CompilerSettings compiler)
{
    /// <summary>One hinge or slide.</summary>
    /// <param name="at">The joint.</param>
    /// <param name="frame">Pose of the frame elements around it, in the body.</param>
    /// <param name="index">Its index, and its address while every joint has one dof.</param>
    /// <param name="body">Index of its body.</param>
    /// <param name="parent">Index of the joint above it, or -1.</param>
    public ModelJoint Read(MjcfAttributes at, Pose frame, int index, int body, int parent)
    {
        bool hinge = at.Word("type", "hinge", "hinge", "slide") == "hinge";
        double scale = hinge ? compiler.AngleScale : 1;
        Vector3 axis = at.Vector("axis", new Vector3(0, 0, 1));
        if (axis.Length < 1e-14)
        {
            throw MjcfFault.At(at.Find("axis")!, "the axis has length zero");
        }

        (double Min, double Max)? range = at.Limits("range", "limited", compiler.AutoLimits);
        double[] raw = at.Numbers("range", 2, 2) ?? [0, 0];
        (double Min, double Max)? force =
            at.Limits("actuatorfrcrange", "actuatorfrclimited", compiler.AutoLimits);
        Vector3 turned = frame.Orientation.Rotate((1 / axis.Length) * axis);
        return new ModelJoint
        {
            Name = at.Name,
            Type = hinge ? JointType.Hinge : JointType.Slide,
            PositionAddress = index,
            DofAddress = index,
            Body = body,
            Parent = parent,
            Position = frame.Position + frame.Orientation.Rotate(at.Vector("pos", default)),
            Axis = (1 / turned.Length) * turned,
            Reference = scale * at.Number("ref", 0),
            Stiffness = at.NotNegative("stiffness", 0),
            SpringReference = scale * at.Number("springref", 0),
            Damping = at.NotNegative("damping", 0),
            Armature = at.NotNegative("armature", 0),
            FrictionLoss = at.NotNegative("frictionloss", 0),
            Limited = range is not null,
            RangeMin = scale * raw[0],
            RangeMax = scale * raw[1],
            Margin = at.Number("margin", 0),
            LimitSoftness = at.Softness("solreflimit", "solimplimit"),
            FrictionSoftness = at.Softness("solreffriction", "solimpfriction"),
            ActuatorForceMin = force?.Min ?? double.NegativeInfinity,
            ActuatorForceMax = force?.Max ?? double.PositiveInfinity,
        };
    }
}
