using System.Xml.Linq;
using HilRig.Sim.Dynamics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads the option sections.</summary>
internal static class OptionReader
{
    /// <summary>Reads every option section; a later one overrides an earlier one.</summary>
    /// <param name="root">The document.</param>
    /// <param name="contactMax">Contacts an env can hold; 0 for what the document says.</param>
    public static ModelOptions Read(XElement root, int contactMax)
    {
        // MuJoCo no longer heeds nconmax; here it may only raise the room for contacts.
        int contacts = ModelSize.Read(root, "nconmax", 0);
        var options = new ModelOptions
        {
            ContactMax = contactMax > 0 ? contactMax
                : contacts > ContactLayout.DefaultMax ? contacts : 0,
        };
        foreach (XElement section in root.Elements("option"))
        {
            options = ReadSection(new MjcfAttributes(section), options);
            foreach (XElement flag in section.Elements("flag"))
            {
                options = ReadFlags(new MjcfAttributes(flag), options);
            }
        }

        return options;
    }

    private static ModelOptions ReadSection(MjcfAttributes at, ModelOptions before)
    {
        double timeStep = at.Number("timestep", before.TimeStep);
        if (timeStep <= 0)
        {
            throw MjcfFault.At(at.Find("timestep")!, "'timestep' is not positive", "above 0 s");
        }

        double ratio = at.Number("impratio", before.ImpedanceRatio);
        if (ratio <= 0)
        {
            throw MjcfFault.At(at.Find("impratio")!, "'impratio' is not positive", "above 0");
        }

        return before with
        {
            TimeStep = timeStep,
            Gravity = at.Vector("gravity", before.Gravity),
            Integrator = ReadIntegrator(at, before.Integrator),
            Cone = at.Word("cone", "", "pyramidal", "elliptic") switch
            {
                "" => before.Cone,
                "elliptic" => ConeKind.Elliptic,
                _ => ConeKind.Pyramidal,
            },
            ImpedanceRatio = ratio,
            IterationMax = Count(at, "iterations", before.IterationMax),
            LineSearchMax = Count(at, "ls_iterations", before.LineSearchMax),
            Tolerance = at.NotNegative("tolerance", before.Tolerance),
        };
    }

    private static Integrator ReadIntegrator(MjcfAttributes at, Integrator before) =>
        at.Word("integrator", "", "Euler", "implicitfast", "RK4") switch
        {
            "" => before,
            "implicitfast" => Integrator.ImplicitFast,
            "RK4" => Integrator.RungeKutta4,
            _ => Integrator.Euler,
        };

    private static int Count(MjcfAttributes at, string name, int before)
    {
        int count = at.Integer(name, before);
        return count >= 0
            ? count
            : throw MjcfFault.At(at.Find(name)!, $"'{name}' is negative", "0 or more");
    }

    private static ModelOptions ReadFlags(MjcfAttributes at, ModelOptions before)
    {
        bool Enabled(string name, bool fallback) =>
            at.Word(name, fallback ? "enable" : "disable", "enable", "disable") == "enable";

        bool constraint = Enabled("constraint", before.ConstraintEnabled);
        bool passive = Enabled("passive", true);
        return before with
        {
            ConstraintEnabled = constraint,
            EqualityEnabled = constraint && Enabled("equality", before.EqualityEnabled),
            FrictionLossEnabled = constraint && Enabled("frictionloss", before.FrictionLossEnabled),
            LimitEnabled = constraint && Enabled("limit", before.LimitEnabled),
            ContactEnabled = constraint && Enabled("contact", before.ContactEnabled),
            SpringEnabled = passive && Enabled("spring", before.SpringEnabled),
            DamperEnabled = passive && Enabled("damper", before.DamperEnabled),
            GravityEnabled = Enabled("gravity", before.GravityEnabled),
            ClampControl = Enabled("clampctrl", before.ClampControl),
            ActuationEnabled = Enabled("actuation", before.ActuationEnabled),
            ReferenceSafety = Enabled("refsafe", before.ReferenceSafety),
            EulerDamping = Enabled("eulerdamp", before.EulerDamping),
            WarmStart = Enabled("warmstart", before.WarmStart),
            FilterParent = Enabled("filterparent", before.FilterParent),
        };
    }
}
