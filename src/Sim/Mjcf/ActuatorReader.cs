using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads actuators. A damping ratio is left as a positive Bias2, as MuJoCo's compiler does, until
/// the mass matrix is known (<see cref="ReferenceConstants"/>).
/// </summary>
internal sealed class ActuatorReader(
    DefaultClasses classes, CompilerSettings compiler, IReadOnlyList<ModelJoint> joints)
{
    /// <summary>Reads every actuator section.</summary>
    public IReadOnlyList<ModelActuator> Read(XElement root)
    {
        var actuators = new List<ModelActuator>();
        foreach (XElement element in root.Elements("actuator").Elements())
        {
            MjcfAttributes at = classes.Resolve(element, null);
            if (at.Name.Length > 0 && actuators.Any(other => other.Name == at.Name))
            {
                throw MjcfFault.At(element, $"the name '{at.Name}' is used twice");
            }

            actuators.Add(ReadOne(at));
        }

        return actuators;
    }

    private ModelActuator ReadOne(MjcfAttributes at)
    {
        int joint = FindJoint(at);
        double gear = at.Numbers("gear", 1, 6)?[0] ?? 1;
        if (gear == 0)
        {
            throw MjcfFault.At(at.Find("gear")!, "the gear is zero", "a ratio that is not 0");
        }

        string kind = at.Element.Name.LocalName;
        (double gain, double bias0, double bias1, double bias2) = kind switch
        {
            "motor" => (1, 0, 0, 0),
            "velocity" => Velocity(at.NotNegative("kv", 1)),
            "position" => Position(at),
            _ => General(at),
        };
        (double Min, double Max)? control =
            at.Limits("ctrlrange", "ctrllimited", compiler.AutoLimits);
        control = InheritRange(at, joint) ?? control;
        (double Min, double Max)? force =
            at.Limits("forcerange", "forcelimited", compiler.AutoLimits);
        return new ModelActuator
        {
            Name = at.Name,
            Kind = kind,
            Target = joint,
            GearVector = [gear, 0, 0, 0, 0, 0],
            Gain = gain,
            Bias0 = bias0,
            Bias1 = bias1,
            Bias2 = bias2,
            ControlMin = control?.Min ?? double.NegativeInfinity,
            ControlMax = control?.Max ?? double.PositiveInfinity,
            ForceMin = force?.Min ?? double.NegativeInfinity,
            ForceMax = force?.Max ?? double.PositiveInfinity,
        };
    }

    private static (double, double, double, double) Velocity(double kv) => (kv, 0, 0, -kv);

    private static (double, double, double, double) Position(MjcfAttributes at)
    {
        double kp = at.NotNegative("kp", 1);
        double bias2 = at.Has("dampratio")
            ? at.NotNegative("dampratio", 0)
            : -at.NotNegative("kv", 0);
        return (kp, 0, -kp, bias2);
    }

    private static (double, double, double, double) General(MjcfAttributes at)
    {
        double[] gain = at.Numbers("gainprm", 1, 10) ?? [1];
        double[] bias = at.Numbers("biasprm", 1, 10) ?? [];
        bool affine = at.Word("biastype", "none", "none", "affine") == "affine";
        double Bias(int index) => affine && index < bias.Length ? bias[index] : 0;
        return (gain[0], Bias(0), Bias(1), Bias(2));
    }

    private (double Min, double Max)? InheritRange(MjcfAttributes at, int joint)
    {
        bool servo = at.Element.Name.LocalName == "position";
        double part = servo ? at.NotNegative("inheritrange", 0) : 0;
        if (part == 0)
        {
            return null;
        }

        if (at.Numbers("ctrlrange", 2, 2) is { } range && (range[0] != 0 || range[1] != 0))
        {
            throw MjcfFault.At(at.Element, "ctrlrange and inheritrange cannot both be given");
        }

        double low = joints[joint].RangeMin;
        double high = joints[joint].RangeMax;
        if (low == high)
        {
            throw MjcfFault.At(
                at.Find("inheritrange")!, $"joint '{joints[joint].Name}' has no range to inherit");
        }

        if (at.Word("ctrllimited", "auto", "true", "false", "auto") == "false")
        {
            return null;
        }

        double middle = 0.5 * (low + high);
        double half = 0.5 * (high - low) * part;
        return (middle - half, middle + half);
    }

    private int FindJoint(MjcfAttributes at)
    {
        // On a hinge or slide, jointinparent means the same as joint.
        string attribute = at.Has("joint") ? "joint" : "jointinparent";
        if (at.Text(attribute) is not { } name)
        {
            throw MjcfFault.At(
                at.Element, "the actuator moves no joint", "joint=\"…\"",
                remedy: "tendon, site and body transmissions are not simulated yet");
        }

        for (int i = 0; i < joints.Count; i++)
        {
            if (joints[i].Name == name)
            {
                return i;
            }
        }

        throw MjcfFault.At(
            at.Element,
            $"joint '{name}' does not exist",
            "one of " + string.Join(", ", joints.Select(joint => joint.Name)));
    }
}
