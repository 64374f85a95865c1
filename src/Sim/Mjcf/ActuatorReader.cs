using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Reads actuators. A damping ratio is left as a positive Bias2, as MuJoCo's compiler does, until
/// the mass matrix is known (<see cref="ReferenceConstants"/>).
/// </summary>
internal sealed class ActuatorReader(
    DefaultClasses classes,
    CompilerSettings compiler,
    ModelNames names,
    IReadOnlyList<ModelJoint> joints,
    IReadOnlyList<ModelTendon> tendons)
{
    private static readonly (string Attribute, string Kind, TransmissionKind Transmission)[]
        Targets =
        [
            ("joint", "joint", TransmissionKind.Joint),
            ("jointinparent", "joint", TransmissionKind.JointInParent),
            ("tendon", "tendon", TransmissionKind.Tendon),
            ("site", "site", TransmissionKind.Site),
        ];

    /// <summary>Reads every actuator section.</summary>
    public IReadOnlyList<ModelActuator> Read(XElement root)
    {
        var actuators = new List<ModelActuator>();
        var taken = new HashSet<string>();
        int activations = 0;
        foreach (XElement element in root.Elements("actuator").Elements())
        {
            ModelActuator actuator = ReadOne(element);
            if (actuator.Name.Length > 0 && !taken.Add(actuator.Name))
            {
                throw MjcfFault.At(element, $"the name '{actuator.Name}' is used twice");
            }

            bool active = actuator.Dynamics != ActuatorDynamics.None;
            actuators.Add(actuator with { ActivationAddress = active ? activations++ : -1 });
        }

        return actuators;
    }

    private ModelActuator ReadOne(XElement element)
    {
        var draft = new ActuatorDraft();
        foreach (XElement step in classes.ResolveActuator(element))
        {
            draft.Apply(step);
        }

        (TransmissionKind transmission, int target) = FindTarget(element);
        ActuatorDynamics dynamics = Dynamics(element, draft);
        InheritRange(element, draft, transmission, target);
        (double controlMin, double controlMax) =
            Limits(element, "ctrl", draft.ControlRange, draft.Limited("ctrllimited"));
        (double forceMin, double forceMax) =
            Limits(element, "force", draft.ForceRange, draft.Limited("forcelimited"));
        (double activationMin, double activationMax) =
            Limits(element, "act", draft.ActivationRange, draft.Limited("actlimited"));
        if (double.IsFinite(activationMin) && dynamics == ActuatorDynamics.None)
        {
            throw MjcfFault.At(
                element, "the actuator has an actrange but no activation", "a dyntype, or none");
        }

        bool affineGain = draft.AffineGain;
        bool affineBias = draft.AffineBias;
        return new ModelActuator
        {
            Name = element.Attribute("name")?.Value ?? "",
            Kind = element.Name.LocalName,
            Transmission = transmission,
            Target = target,
            GearVector = [.. draft.Gear],
            Dynamics = dynamics,
            TimeConstant = draft.TimeConstant,
            ActivationEarly = draft.ActivationEarly,
            Gain = draft.Gain[0],
            Gain1 = affineGain ? draft.Gain[1] : 0,
            Gain2 = affineGain ? draft.Gain[2] : 0,
            Bias0 = affineBias ? draft.Bias[0] : 0,
            Bias1 = affineBias ? draft.Bias[1] : 0,
            Bias2 = affineBias ? draft.Bias[2] : 0,
            ControlMin = controlMin,
            ControlMax = controlMax,
            ForceMin = forceMin,
            ForceMax = forceMax,
            ActivationMin = activationMin,
            ActivationMax = activationMax,
            Group = draft.Group,
        };
    }

    private static ActuatorDynamics Dynamics(XElement element, ActuatorDraft draft)
    {
        ActuatorDynamics dynamics = draft.Dynamics switch
        {
            "integrator" => ActuatorDynamics.Integrator,
            "filter" => ActuatorDynamics.Filter,
            "filterexact" => ActuatorDynamics.FilterExact,
            _ => ActuatorDynamics.None,
        };
        int wanted = dynamics == ActuatorDynamics.None ? 0 : 1;
        if (draft.ActivationCount >= 0 && draft.ActivationCount != wanted)
        {
            throw MjcfFault.At(
                element, "'actdim' does not fit the dyntype", $"{wanted}",
                $"{draft.ActivationCount}");
        }

        if (dynamics is ActuatorDynamics.Filter or ActuatorDynamics.FilterExact
            && draft.TimeConstant < 0)
        {
            throw MjcfFault.At(element, "the time constant is negative", "0 s or more");
        }

        return dynamics;
    }

    private (double Min, double Max) Limits(
        XElement element, string what, double[] range, string limited)
    {
        bool given = range is not [0, 0];
        if (limited == "auto" && given && !compiler.AutoLimits)
        {
            throw MjcfFault.At(
                element,
                $"'{what}range' is given but '{what}limited' is not, and autolimits is off",
                remedy: $"set {what}limited to true or false");
        }

        if (limited == "false" || (limited == "auto" && !given))
        {
            return (double.NegativeInfinity, double.PositiveInfinity);
        }

        return range[0] < range[1]
            ? (range[0], range[1])
            : throw MjcfFault.At(
                element,
                $"'{what}range' is empty or negative",
                "the lower end below the upper end",
                $"{range[0]} {range[1]}");
    }

    private void InheritRange(
        XElement element, ActuatorDraft draft, TransmissionKind transmission, int target)
    {
        if (draft.InheritRange == 0 || !draft.AffineBias || draft.AffineGain
            || draft.Gain[0] != -draft.Bias[1])
        {
            return;
        }

        (string name, double low, double high) = transmission switch
        {
            TransmissionKind.Joint when joints[target].Type.IsScalar() =>
                (joints[target].Name, joints[target].RangeMin, joints[target].RangeMax),
            TransmissionKind.Tendon =>
                (tendons[target].Name, tendons[target].RangeMin, tendons[target].RangeMax),
            _ => throw MjcfFault.At(
                element, "inheritrange is not for this target", "a slide, a hinge or a tendon"),
        };
        if (low == high)
        {
            throw MjcfFault.At(element, $"'{name}' has no range to inherit");
        }

        double middle = 0.5 * (low + high);
        double half = 0.5 * (high - low) * draft.InheritRange;
        double[] range = draft.Dynamics switch
        {
            "none" or "filterexact" => draft.ControlRange,
            "integrator" => draft.ActivationRange,
            _ => throw MjcfFault.At(element, "inheritrange is not for this dyntype"),
        };
        (range[0], range[1]) = (middle - half, middle + half);
    }

    private (TransmissionKind Transmission, int Target) FindTarget(XElement element)
    {
        var at = new MjcfAttributes(element);
        var given = Targets.Where(target => at.Has(target.Attribute)).ToArray();
        if (given.Length != 1)
        {
            throw MjcfFault.At(
                element,
                given.Length == 0
                    ? "the actuator moves nothing"
                    : "the actuator has several targets",
                "one of joint, jointinparent, tendon, site",
                remedy: "slider-crank and body transmissions are not simulated yet");
        }

        (string attribute, string kind, TransmissionKind transmission) = given[0];
        return (transmission, names.Find(at, attribute, kind));
    }
}
