using System.Globalization;
using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Oracle;

/// <summary>
/// Writes a model in the MJCF of MuJoCo 2.2: limits by their ranges, every actuator as a plain
/// general one, nothing that came later and changes no force.
/// </summary>
internal static class OlderModel
{
    public static string Write(string folder, string source, Func<Model> load)
    {
        XDocument document = XDocument.Load(source);
        XElement root = document.Root!;
        XElement? compiler = root.Element("compiler");
        if (compiler is null)
        {
            compiler = new XElement("compiler");
            root.AddFirst(compiler);
        }

        if (compiler.Attribute("autolimits") is null)
        {
            compiler.SetAttributeValue("autolimits", "true");
        }

        // Integrators that came later; what comes before the integrator is compared.
        foreach (XElement option in root.Elements("option"))
        {
            if ((string?)option.Attribute("integrator") == "implicitfast")
            {
                option.SetAttributeValue("integrator", null);
            }
        }

        root.Descendants("flag").Attributes("eulerdamp").Remove();
        XElement[] actuatorDefaults =
        [
            .. root.Elements("default").Descendants().Where(element => element.Name.LocalName
                is "position" or "velocity" or "motor" or "general"),
        ];
        foreach (XElement element in actuatorDefaults)
        {
            element.Remove();
        }

        root.Elements("sensor").Remove();
        root.Elements("keyframe").Remove();
        if (root.Element("actuator") is XElement actuators)
        {
            Model model = load();
            actuators.ReplaceNodes(model.Actuators.Select(
                actuator => General(model, actuator)));
        }

        string meshes = Path.Combine(Path.GetDirectoryName(source)!, "meshes");
        compiler.SetAttributeValue("meshdir", meshes);
        string target = Path.Combine(folder, "model.xml");
        document.Save(target);
        return target;
    }

    private static XElement General(Model model, ModelActuator actuator)
    {
        var element = new XElement(
            "general",
            new XAttribute("joint", model.Joints[actuator.Joint].Name),
            new XAttribute("gear", Text(actuator.Gear)),
            new XAttribute("gainprm", Text(actuator.Gain)),
            new XAttribute("biastype", "affine"),
            new XAttribute(
                "biasprm",
                Text(actuator.Bias0) + " " + Text(actuator.Bias1) + " " + Text(actuator.Bias2)));
        Limit(element, "ctrl", actuator.ControlMin, actuator.ControlMax);
        Limit(element, "force", actuator.ForceMin, actuator.ForceMax);
        return element;
    }

    private static void Limit(XElement element, string what, double low, double high)
    {
        if (!double.IsInfinity(low))
        {
            element.SetAttributeValue(what + "range", Text(low) + " " + Text(high));
        }
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
