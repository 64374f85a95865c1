using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads the option sections.</summary>
internal static class OptionReader
{
    /// <summary>Reads every option section; a later one overrides an earlier one.</summary>
    public static ModelOptions Read(XElement root)
    {
        var options = new ModelOptions();
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

        string now = before.Integrator == Integrator.Euler ? "Euler" : "implicitfast";
        string integrator = at.Word("integrator", now, "Euler", "implicitfast");
        return before with
        {
            TimeStep = timeStep,
            Gravity = at.Vector("gravity", before.Gravity),
            Integrator = integrator == "Euler" ? Integrator.Euler : Integrator.ImplicitFast,
        };
    }

    private static ModelOptions ReadFlags(MjcfAttributes at, ModelOptions before)
    {
        bool Enabled(string name, bool fallback) =>
            at.Word(name, fallback ? "enable" : "disable", "enable", "disable") == "enable";

        bool constraint = Enabled("constraint", true);
        bool passive = Enabled("passive", true);
        _ = Enabled("contact", true);
        return before with
        {
            FrictionLossEnabled = constraint && Enabled("frictionloss", before.FrictionLossEnabled),
            LimitEnabled = constraint && Enabled("limit", before.LimitEnabled),
            SpringEnabled = passive && Enabled("spring", before.SpringEnabled),
            DamperEnabled = passive && Enabled("damper", before.DamperEnabled),
            GravityEnabled = Enabled("gravity", before.GravityEnabled),
            ClampControl = Enabled("clampctrl", before.ClampControl),
            ActuationEnabled = Enabled("actuation", before.ActuationEnabled),
            ReferenceSafety = Enabled("refsafe", before.ReferenceSafety),
            EulerDamping = Enabled("eulerdamp", before.EulerDamping),
        };
    }
}
