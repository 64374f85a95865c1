using System.Xml.Linq;
using HilRig.Sim.Models;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads sensors.</summary>
internal sealed class SensorReader(ModelNames names, IReadOnlyList<ModelJoint> joints)
{
    /// <summary>What MJCF calls each kind.</summary>
    public static readonly IReadOnlyDictionary<string, Kind> Kinds = new Dictionary<string, Kind>
    {
        ["jointpos"] = new(SensorKind.JointPosition, 1, "joint"),
        ["jointvel"] = new(SensorKind.JointVelocity, 1, "joint"),
        ["tendonpos"] = new(SensorKind.TendonPosition, 1, "tendon"),
        ["tendonvel"] = new(SensorKind.TendonVelocity, 1, "tendon"),
        ["actuatorpos"] = new(SensorKind.ActuatorPosition, 1, "actuator"),
        ["actuatorvel"] = new(SensorKind.ActuatorVelocity, 1, "actuator"),
        ["actuatorfrc"] = new(SensorKind.ActuatorForce, 1, "actuator"),
        ["jointactuatorfrc"] = new(SensorKind.JointActuatorForce, 1, "joint"),
        ["ballquat"] = new(SensorKind.BallQuaternion, 4, "joint"),
        ["ballangvel"] = new(SensorKind.BallAngularVelocity, 3, "joint"),
        ["jointlimitpos"] = new(SensorKind.JointLimitPosition, 1, "joint"),
        ["jointlimitvel"] = new(SensorKind.JointLimitVelocity, 1, "joint"),
        ["jointlimitfrc"] = new(SensorKind.JointLimitForce, 1, "joint"),
        ["framepos"] = new(SensorKind.FramePosition, 3, "frame"),
        ["framequat"] = new(SensorKind.FrameQuaternion, 4, "frame"),
        ["framexaxis"] = new(SensorKind.FrameXAxis, 3, "frame"),
        ["frameyaxis"] = new(SensorKind.FrameYAxis, 3, "frame"),
        ["framezaxis"] = new(SensorKind.FrameZAxis, 3, "frame"),
        ["framelinvel"] = new(SensorKind.FrameLinearVelocity, 3, "frame"),
        ["frameangvel"] = new(SensorKind.FrameAngularVelocity, 3, "frame"),
        ["framelinacc"] = new(SensorKind.FrameLinearAcceleration, 3, "frame"),
        ["frameangacc"] = new(SensorKind.FrameAngularAcceleration, 3, "frame"),
        ["velocimeter"] = new(SensorKind.Velocimeter, 3, "site"),
        ["gyro"] = new(SensorKind.Gyro, 3, "site"),
        ["accelerometer"] = new(SensorKind.Accelerometer, 3, "site"),
        ["force"] = new(SensorKind.Force, 3, "site"),
        ["torque"] = new(SensorKind.Torque, 3, "site"),
        ["touch"] = new(SensorKind.Touch, 1, "site"),
        ["subtreecom"] = new(SensorKind.SubtreeCenter, 3, "body"),
        ["subtreelinvel"] = new(SensorKind.SubtreeLinearVelocity, 3, "body"),
        ["subtreeangmom"] = new(SensorKind.SubtreeAngularMomentum, 3, "body"),
        ["clock"] = new(SensorKind.Clock, 1, ""),
    };

    /// <summary>Takes sensors that are not simulated out of a document.</summary>
    public static void RemoveUnknown(XElement root, NoticeList notices)
    {
        foreach (XElement sensor in root.Elements("sensor").Elements().ToArray())
        {
            string name = sensor.Name.LocalName;
            if (!Kinds.ContainsKey(name))
            {
                notices.Add(sensor, $"sensor <{name}> skipped: it is not simulated");
                sensor.Remove();
            }
        }
    }

    /// <summary>Reads every sensor section.</summary>
    public IReadOnlyList<ModelSensor> Read(XElement root)
    {
        var sensors = new List<ModelSensor>();
        int address = 0;
        foreach (XElement element in root.Elements("sensor").Elements())
        {
            ModelSensor sensor = ReadOne(element, address);
            sensors.Add(sensor);
            address += sensor.Dimension;
        }

        return sensors;
    }

    private ModelSensor ReadOne(XElement element, int address)
    {
        var at = new MjcfAttributes(element);
        Kind kind = Kinds[element.Name.LocalName];
        var sensor = new ModelSensor
        {
            Name = at.Name,
            Kind = kind.Sensor,
            Target = -1,
            Cutoff = at.NotNegative("cutoff", 0),
            Address = address,
            Dimension = kind.Dimension,
        };
        switch (kind.Target)
        {
            case "":
                return sensor;
            case "frame":
                (FrameKind frame, int target) = Frame(at, "objtype", "objname");
                (FrameKind against, int reference) = at.Has("reftype")
                    ? Frame(at, "reftype", "refname")
                    : (FrameKind.None, -1);
                return sensor with
                {
                    Frame = frame,
                    Target = target,
                    ReferenceFrame = against,
                    Reference = reference,
                };
            default:
                int index = names.Find(at, kind.Target, kind.Target);
                if (kind.Target == "joint")
                {
                    RequireJoint(at, kind.Sensor, joints[index]);
                }

                return sensor with { Target = index };
        }
    }

    private static void RequireJoint(MjcfAttributes at, SensorKind kind, ModelJoint joint)
    {
        bool fits = kind switch
        {
            SensorKind.BallQuaternion or SensorKind.BallAngularVelocity =>
                joint.Type == JointType.Ball,
            SensorKind.JointLimitPosition or SensorKind.JointLimitVelocity
                or SensorKind.JointLimitForce => joint.Limited,
            _ => joint.Type.IsScalar(),
        };
        if (!fits)
        {
            throw MjcfFault.At(
                at.Find("joint")!,
                $"joint '{joint.Name}' does not fit a {at.Element.Name.LocalName} sensor",
                "ball sensors: a ball; limit sensors: a limited joint; else a slide or hinge");
        }
    }

    private (FrameKind Frame, int Index) Frame(MjcfAttributes at, string type, string name)
    {
        if (!at.Has(type))
        {
            throw MjcfFault.At(at.Element, $"'{type}' is missing", "body, xbody, geom, site");
        }

        string word = at.Word(type, "", "body", "xbody", "geom", "site");
        FrameKind kind = word switch
        {
            "body" => FrameKind.BodyInertia,
            "xbody" => FrameKind.Body,
            "geom" => FrameKind.Geom,
            _ => FrameKind.Site,
        };
        return (kind, names.Find(at, name, word == "xbody" ? "body" : word));
    }

    /// <summary>One kind of sensor.</summary>
    /// <param name="Sensor">What it measures.</param>
    /// <param name="Dimension">How many numbers it gives.</param>
    /// <param name="Target">What it is on: an attribute, "frame", or nothing.</param>
    internal readonly record struct Kind(SensorKind Sensor, int Dimension, string Target)
    {
        /// <summary>Attributes beside those that every sensor has.</summary>
        public string Attributes => Target == "frame" ? "objtype objname reftype refname" : Target;
    }
}
