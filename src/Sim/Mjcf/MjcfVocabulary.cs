using System.Globalization;
using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Every element and attribute the loader knows (MuJoCo XML reference, version 3.14), and the check
/// that a file uses nothing else: what is not simulated must never be dropped in silence.
/// </summary>
internal static class MjcfVocabulary
{
    private const string Turn = "quat axisangle euler xyaxes zaxis";
    private const string BodyParts = "body frame inertial joint geom site camera light";
    private const string ActuatorShared =
        "name class joint jointinparent gear ctrlrange ctrllimited forcerange forcelimited ";

    private const string ActuatorIgnored = "group user lengthrange actlimited actrange";
    private const string ActuatorNeutral = "delay=0 nsample=0 armature=0 damping=0 actearly=false";

    private static readonly HashSet<string> Visual =
        ["visual", "statistic", "size", "texture", "material", "light", "camera"];

    private static readonly HashSet<string> EmptyOnly =
        ["equality", "tendon", "sensor", "custom", "extension", "deformable"];

    private static readonly Dictionary<string, ElementRule> Rules = new()
    {
        ["mujoco"] = new(
            "model",
            children: "compiler option visual statistic size asset default worldbody contact "
                + "actuator keyframe equality tendon sensor custom extension deformable"),
        ["compiler"] = new(
            "angle eulerseq autolimits inertiafromgeom inertiagrouprange boundmass boundinertia "
                + "balanceinertia settotalmass meshdir assetdir",
            "texturedir strippath discardvisual usethread fitaabb alignfree saveinertial conflict",
            "coordinate=local fusestatic=false",
            "lengthrange"),
        ["option"] = new(
            "timestep gravity integrator",
            "tolerance ls_tolerance noslip_tolerance ccd_tolerance sleep_tolerance iterations "
                + "ls_iterations noslip_iterations ccd_iterations sdf_iterations sdf_initpoints "
                + "cone jacobian solver impratio magnetic apirate wind o_margin o_solref o_solimp "
                + "o_friction",
            "density=0 viscosity=0",
            "flag"),
        ["flag"] = new(
            "constraint frictionloss limit spring damper passive gravity clampctrl actuation "
                + "refsafe eulerdamp contact",
            "equality warmstart filterparent sensor midphase nativeccd island multiccd autoreset "
                + "energy fwdinv",
            "override=disable invdiscrete=disable sleep=disable"),
        ["default"] = new(
            "class",
            children: "default joint geom site camera light mesh material motor position velocity "
                + "general"),
        ["worldbody"] = new("", children: "body frame geom site camera light"),
        ["body"] = new(
            "name childclass pos " + Turn,
            "user sleep simple",
            "gravcomp=0 mocap=false",
            BodyParts),
        ["frame"] = new(
            "name childclass pos " + Turn,
            children: "body frame joint geom site camera light"),
        ["inertial"] = new("pos mass diaginertia fullinertia " + Turn),
        ["joint"] = new(
            "name class type pos axis range limited ref stiffness springref damping armature "
                + "frictionloss margin solreflimit solimplimit solreffriction solimpfriction "
                + "actuatorfrcrange actuatorfrclimited",
            "group user",
            "springdamper=0 actuatorgravcomp=false"),
        ["geom"] = new(
            "name class type size pos fromto mass density group contype conaffinity mesh " + Turn,
            "material rgba friction condim solref solimp solmix margin gap priority user "
                + "fluidshape fluidcoef fitscale",
            "shellinertia=false adhesion=0 surfacevel=0"),
        ["site"] = new("name class pos " + Turn, "type size fromto group material rgba user"),
        ["exclude"] = new("body1 body2", "name"),
        ["contact"] = new("", children: "exclude"),
        ["asset"] = new("", children: "texture material mesh"),
        ["mesh"] = new(
            "name class file",
            "scale refpos refquat smoothnormal maxhullvert inertia content_type vertex normal "
                + "texcoord face"),
        ["keyframe"] = new("", children: "key"),
        ["key"] = new("name qpos qvel ctrl", "time act"),
        ["actuator"] = new("", children: "motor position velocity general"),
        ["motor"] = new(ActuatorShared, ActuatorIgnored, ActuatorNeutral),
        ["position"] = new(
            ActuatorShared + "kp kv dampratio inheritrange",
            ActuatorIgnored,
            ActuatorNeutral + " timeconst=0"),
        ["velocity"] = new(ActuatorShared + "kv", ActuatorIgnored, ActuatorNeutral),
        ["general"] = new(
            ActuatorShared + "gainprm biasprm biastype",
            ActuatorIgnored + " dynprm",
            ActuatorNeutral + " dyntype=none gaintype=fixed actdim=0"),
    };

    /// <summary>Whether the element only concerns drawing or memory.</summary>
    public static bool IsVisual(XElement element) => Visual.Contains(element.Name.LocalName);

    /// <summary>Checks an element and everything in it.</summary>
    /// <exception cref="Core.Errors.ModelException">
    /// Something that is not known or not simulated.
    /// </exception>
    public static void Check(XElement element)
    {
        string name = element.Name.LocalName;
        if (IsVisual(element))
        {
            return;
        }

        if (EmptyOnly.Contains(name))
        {
            if (element.Elements().FirstOrDefault() is { } content)
            {
                throw Unsupported(content, name + "/" + content.Name.LocalName);
            }

            return;
        }

        if (!Rules.TryGetValue(name, out ElementRule? rule))
        {
            // The parent's list of children decides; only parts of ignored elements come here.
            return;
        }

        CheckAttributes(element, rule);
        foreach (XElement child in element.Elements())
        {
            if (!rule.Children.Contains(child.Name.LocalName))
            {
                throw Unsupported(child, child.Name.LocalName);
            }

            Check(child);
        }
    }

    private static void CheckAttributes(XElement element, ElementRule rule)
    {
        foreach (XAttribute attribute in element.Attributes())
        {
            string name = attribute.Name.LocalName;
            if (rule.Read.Contains(name) || rule.Ignored.Contains(name))
            {
                continue;
            }

            if (!rule.Neutral.TryGetValue(name, out string? harmless))
            {
                throw MjcfFault.At(
                    attribute,
                    $"unknown attribute '{name}'",
                    "one of " + string.Join(", ", rule.Read.Order()));
            }

            if (!IsHarmless(attribute.Value, harmless))
            {
                throw MjcfFault.At(
                    attribute,
                    $"attribute '{name}' is not simulated yet",
                    $"{name}=\"{harmless}\" or no such attribute",
                    "remove it, or run this model in MuJoCo");
            }
        }
    }

    private static bool IsHarmless(string value, string harmless)
    {
        string[] parts = value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts.All(part => part == harmless
            || (double.TryParse(part, CultureInfo.InvariantCulture, out double number)
                && double.TryParse(harmless, CultureInfo.InvariantCulture, out double wanted)
                && number == wanted));
    }

    private static Core.Errors.ModelException Unsupported(XElement element, string name) =>
        MjcfFault.At(
            element,
            $"element '{name}' is not supported here",
            remedy: "remove it; docs/mjcf.md lists what is simulated");
}
