using System.Xml.Linq;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Every element and attribute the loader knows (MuJoCo XML reference, version 3.14).
/// </summary>
internal static class MjcfRules
{
    /// <summary>Elements without effect on the motion.</summary>
    public static readonly IReadOnlySet<string> Visual = new HashSet<string>
    {
        "visual", "statistic", "size", "texture", "light", "camera", "custom", "skin",
    };

    /// <summary>Sections that must be empty.</summary>
    public static readonly IReadOnlySet<string> EmptyOnly = new HashSet<string>
    {
        "extension", "deformable",
    };

    private const string Turn = "quat axisangle euler xyaxes zaxis";
    private const string Parts =
        "body frame inertial joint freejoint geom site camera light";

    private const string LimitSoftness =
        "solreflimit solimplimit solreffriction solimpfriction ";

    private const string ActuatorShared =
        "name class group gear ctrlrange ctrllimited forcerange forcelimited "
        + "joint jointinparent tendon site ";

    private const string ActuatorIgnored = "user lengthrange interp";
    private const string ActuatorNeutral = "delay=0 nsample=0 armature=0 damping=0";
    private const string SensorShared = "name cutoff ";
    private const string SensorIgnored = "noise user interp";
    private const string SensorNeutral = "delay=0 nsample=0 interval=0";
    private const string TendonShared =
        "class limited actuatorfrclimited range actuatorfrcrange " + LimitSoftness
        + "frictionloss springlength margin stiffness damping armature";

    private const string TendonIgnored = "group user width material rgba";

    private static readonly Dictionary<string, ElementRule> Rules = Make();

    /// <summary>The rule of an element where it stands; null when there is none.</summary>
    public static ElementRule? Find(XElement element)
    {
        string name = element.Name.LocalName;
        string inParent = element.Parent?.Name.LocalName + "/" + name;
        return Rules.GetValueOrDefault(inParent) ?? Rules.GetValueOrDefault(name);
    }

    private static Dictionary<string, ElementRule> Make()
    {
        var rules = new Dictionary<string, ElementRule>();
        AddSettings(rules);
        AddTree(rules);
        AddAssets(rules);
        AddConstraints(rules);
        AddActuators(rules);
        AddSensors(rules);
        return rules;
    }

    private static void AddSettings(Dictionary<string, ElementRule> rules)
    {
        rules["mujoco"] = new(
            "model",
            children: "compiler option visual statistic size asset default worldbody contact "
                + "actuator keyframe equality tendon sensor custom extension deformable");
        rules["compiler"] = new(
            "angle eulerseq autolimits inertiafromgeom inertiagrouprange boundmass boundinertia "
                + "balanceinertia settotalmass meshdir assetdir strippath discardvisual "
                + "fusestatic alignfree",
            "texturedir usethread fitaabb saveinertial conflict",
            "coordinate=local",
            "lengthrange");
        rules["option"] = new(
            "timestep gravity integrator cone impratio iterations tolerance ls_iterations",
            "ls_tolerance noslip_tolerance ccd_tolerance sleep_tolerance ccd_iterations "
                + "sdf_iterations sdf_initpoints jacobian solver magnetic apirate wind o_margin "
                + "o_solref o_solimp o_friction",
            "density=0 viscosity=0 noslip_iterations=0",
            "flag");
        rules["flag"] = new(
            "constraint equality frictionloss limit contact spring damper passive gravity "
                + "clampctrl actuation refsafe eulerdamp warmstart filterparent",
            "sensor midphase nativeccd island multiccd autoreset energy fwdinv",
            "override=disable invdiscrete=disable sleep=disable diagexact=disable");
        rules["default"] = new(
            "class",
            children: "default joint geom site camera light mesh material pair equality tendon "
                + "motor position velocity intvelocity damper general");
        rules["keyframe"] = new("", children: "key");
        rules["key"] = new("name qpos qvel act ctrl", "time");
    }

    private static void AddTree(Dictionary<string, ElementRule> rules)
    {
        rules["worldbody"] = new("", children: "body frame geom site camera light");
        rules["body"] = new(
            "name childclass pos gravcomp simple mocap " + Turn,
            "user sleep",
            children: Parts);
        rules["frame"] = new("name childclass pos " + Turn, children: Parts);
        rules["inertial"] = new("pos mass diaginertia fullinertia " + Turn);
        rules["joint"] = new(
            "name class type group pos axis range limited ref stiffness springref springdamper "
                + "damping armature frictionloss margin " + LimitSoftness
                + "actuatorfrcrange actuatorfrclimited actuatorgravcomp",
            "user");
        rules["freejoint"] = new("name group align");
        rules["geom"] = new(
            "name class type size pos fromto mass density shellinertia group contype conaffinity "
                + "condim priority friction solref solimp solmix margin gap mesh hfield material "
                + "rgba " + Turn,
            "user fluidshape fluidcoef fitscale",
            "adhesion=0 surfacevel=0");
        rules["site"] = new("name class pos type size fromto " + Turn, "group material rgba user");
    }

    private static void AddAssets(Dictionary<string, ElementRule> rules)
    {
        rules["asset"] = new("", children: "texture material mesh hfield skin");
        rules["mesh"] = new(
            "name class file content_type scale refpos refquat inertia vertex face maxhullvert",
            "smoothnormal normal texcoord material");
        rules["hfield"] = new("name file content_type nrow ncol size elevation");
        rules["material"] = new(
            "name class rgba",
            "texture texrepeat texuniform emission specular shininess reflectance metallic "
                + "roughness",
            children: "layer");
        rules["layer"] = new("", "texture role");
    }

    private static void AddConstraints(Dictionary<string, ElementRule> rules)
    {
        rules["contact"] = new("", children: "pair exclude");
        rules["exclude"] = new("name body1 body2");
        rules["pair"] = new(
            "name class geom1 geom2 condim friction solref solreffriction solimp gap margin",
            neutral: "adhesion=0");
        const string shared = "name class active solref solimp ";
        rules["equality"] = new("", children: "connect weld joint tendon");
        rules["default/equality"] = new("class active solref solimp");
        rules["connect"] = new(shared + "body1 body2 anchor site1 site2");
        rules["weld"] = new(shared + "body1 body2 anchor relpose site1 site2 torquescale");
        rules["equality/joint"] = new(shared + "joint1 joint2 polycoef");
        rules["equality/tendon"] = new(shared + "tendon1 tendon2 polycoef");
        rules["tendon"] = new("", children: "fixed");
        rules["default/tendon"] = new(TendonShared, TendonIgnored);
        rules["fixed"] = new("name " + TendonShared, TendonIgnored, children: "joint");
        rules["fixed/joint"] = new("joint coef");
    }

    private static void AddActuators(Dictionary<string, ElementRule> rules)
    {
        const string servo = ActuatorShared + "kp kv dampratio inheritrange ";
        const string activation = "actlimited actrange ";
        rules["actuator"] = new("", children: string.Join(' ', DefaultClasses.ActuatorKinds));
        rules["motor"] = new(ActuatorShared, ActuatorIgnored, ActuatorNeutral);
        rules["position"] = new(servo + "timeconst", ActuatorIgnored, ActuatorNeutral);
        rules["velocity"] = new(ActuatorShared + "kv", ActuatorIgnored, ActuatorNeutral);
        rules["intvelocity"] = new(servo + activation, ActuatorIgnored, ActuatorNeutral);
        rules["damper"] = new(ActuatorShared + "kv", ActuatorIgnored, ActuatorNeutral);
        rules["general"] = new(
            ActuatorShared + activation
                + "actdim actearly dyntype gaintype biastype dynprm gainprm biasprm",
            ActuatorIgnored,
            ActuatorNeutral);
    }

    private static void AddSensors(Dictionary<string, ElementRule> rules)
    {
        rules["sensor"] = new("", children: string.Join(' ', SensorReader.Kinds.Keys));
        foreach ((string name, SensorReader.Kind kind) in SensorReader.Kinds)
        {
            rules["sensor/" + name] = new(
                SensorShared + kind.Attributes, SensorIgnored, SensorNeutral);
        }
    }
}
