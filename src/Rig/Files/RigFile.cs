using HilRig.Core.Rigs;
using HilRig.Core.Units;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Reads rig files. The schema for editors is rigs/rig.schema.json.</summary>
public static class RigFile
{
    private const int SchemaVersion = 1;

    /// <summary>Reads and checks a rig file; reports every fault at once.</summary>
    /// <param name="path">Its path.</param>
    /// <exception cref="Core.Errors.ScenarioException">Something in it is wrong.</exception>
    public static RigDescription Load(string path)
    {
        YamlDocument document = YamlDocument.Load(path);
        RigDescription rig = Read(document);
        RigRules.Check(rig, document);
        document.Finish();
        return rig;
    }

    private static RigDescription Read(YamlDocument document)
    {
        YamlMap root = document.Root;
        IsaacRigDescription? isaac = root.Optional("isaac") is { } block
            ? IsaacReader.Read(block.Map(), document)
            : null;
        YamlField? supply = root.Field("supply", isaac is null);
        YamlField? temperature = root.Field("temperature", isaac is null);
        return new RigDescription
        {
            SchemaVersion = root.Required("schema").Integer(SchemaVersion, SchemaVersion),
            Name = root.Required("name").Text(),
            Path = document.Path,
            Sha256 = document.Sha256,
            Isaac = isaac,
            Buses = root.Field("buses", isaac is null) is { } buses ? ReadBuses(buses.Map()) : [],
            Arms = ReadArms(root.Required("arms"), document),
            SafePosture = ReadPosture(root.Required("safePosture").Map()),
            DeadmanSeconds = root.Optional("deadman")?.Quantity(Dimension.Time, 0.005, 10) ?? 0.1,
            SupplyVolts = supply is null ? default : ReadRange(supply, Dimension.Voltage),
            TemperatureCelsius = temperature is null
                ? default
                : ReadRange(temperature, Dimension.Temperature),
            Capabilities =
            [
                .. root.Optional("capabilities")?.Items().Select(item => item.Text()) ?? [],
            ],
            AgentAddress = root.Optional("agent")?.Text(),
            Power = root.Optional("power") is { } power ? PowerReader.Read(power.Map()) : null,
            EmergencyStop = root.Optional("emergencyStop") is { } button
                ? PowerReader.ReadEmergencyStop(button.Map())
                : null,
            UnattendedAcknowledgedBy =
                root.Optional("unattendedWithoutIndependentStop") is { } acknowledged
                    ? PowerReader.ReadAcknowledgement(acknowledged)
                    : null,
            StopGroup = root.Optional("stopGroup")?.Text(),
            Virtual = root.Optional("virtual") is { } field
                ? ReadVirtual(field.Map(), document)
                : null,
        };
    }

    private static List<BusDescription> ReadBuses(YamlMap map)
    {
        var buses = new List<BusDescription>();
        foreach ((string name, YamlField field) in map.Entries())
        {
            YamlMap bus = field.Map();
            string protocol = bus.Required("protocol").Choice("feetech-sts", "packet-clocked");
            buses.Add(new BusDescription(
                name,
                bus.Required("port").Text(),
                protocol == "packet-clocked" ? 0 : bus.Required("baud").Integer(1),
                protocol));
        }

        return buses;
    }

    private static List<ArmDescription> ReadArms(YamlField field, YamlDocument document)
    {
        var arms = new List<ArmDescription>();
        foreach (YamlField item in field.Items())
        {
            YamlMap arm = item.Map();
            string prefix = arm.Optional("namespace")?.Text() ?? "";
            arms.Add(new ArmDescription
            {
                Namespace = prefix,
                ModelPath = document.Resolve(arm.Required("model").Text()),
                SkipMeshes = arm.Optional("skipMeshes")?.Flag() ?? false,
                ZeroKeyframe = arm.Optional("zeroKeyframe")?.Text(),
                Mount = arm.Optional("mount") is { } mount
                    ? ReadMount(mount.Map())
                    : Transform.Identity,
                Payload = arm.Optional("payload") is { } load ? ReadPayload(load.Map()) : null,
                Joints =
                [
                    .. arm.Required("joints").Items()
                        .Select(joint => JointReader.Read(joint.Map(), prefix)),
                ],
            });
        }

        return arms;
    }

    private static Transform ReadMount(YamlMap map) => new(
        map.Optional("position") is { } position
            ? ReadVector(position, Dimension.Length)
            : [0, 0, 0],
        [.. map.Optional("quaternion")?.Items().Select(item => item.Number()) ?? [1, 0, 0, 0]]);

    private static Payload ReadPayload(YamlMap map) => new(
        map.Required("body").Text(),
        map.Required("mass").Quantity(Dimension.Mass, 0, 1000),
        map.Optional("centerOfMass") is { } center
            ? ReadVector(center, Dimension.Length)
            : [0, 0, 0],
        map.Optional("inertia") is { } inertia
            ? ReadVector(inertia, Dimension.Inertia)
            : [0, 0, 0]);

    private static SafePosture ReadPosture(YamlMap map) => new()
    {
        Policy = map.Required("policy").Choice("hold", "hold-then-lower", "torque-off") switch
        {
            "hold" => SafePosturePolicy.Hold,
            "torque-off" => SafePosturePolicy.TorqueOff,
            _ => SafePosturePolicy.HoldThenLower,
        },
        HoldTorqueFraction = map.Optional("holdTorque")?.Quantity(Dimension.Ratio, 0, 1) ?? 0.5,
        HoldSeconds = map.Optional("hold")?.Quantity(Dimension.Time, 0, 600) ?? 1,
        LowerVelocity = map.Optional("lowerVelocity")
            ?.Quantity(Dimension.AngularVelocity, Dimension.Velocity).Value ?? 0.3,
        RestPosition = ReadPositions(map.Optional("rest")),
    };

    private static VirtualRigDescription ReadVirtual(YamlMap map, YamlDocument document) => new(
        document.Resolve(map.Required("model").Text()),
        map.Optional("servos") is { } servos ? document.Resolve(servos.Text()) : "",
        map.Optional("supply")?.Quantity(Dimension.Voltage, 1, 60) ?? 12,
        ReadPositions(map.Optional("initial")),
        (ulong)map.Required("seed").WholeNumber(0, long.MaxValue),
        map.Optional("scene") is { } scene ? ReadScene(scene.Map()) : null);

    private static VirtualSceneDescription ReadScene(YamlMap map)
    {
        YamlField field = map.Required("objects");
        Dictionary<string, double> objects = ReadPositions(field);
        if (objects.Count is 0 or > ScenePage.ObjectsMax)
        {
            field.Refuse(
                "The number of objects of a scene is out of range",
                $"1 to {ScenePage.ObjectsMax} joints",
                $"{objects.Count}");
        }

        return new VirtualSceneDescription([.. objects.Keys], [.. objects.Values]);
    }

    private static Dictionary<string, double> ReadPositions(YamlField? field)
    {
        var positions = new Dictionary<string, double>();
        foreach ((string joint, YamlField value) in field?.Map().Entries() ?? [])
        {
            positions[joint] = value.Quantity(Dimension.Angle, Dimension.Length).Value;
        }

        return positions;
    }

    internal static ValueRange ReadRange(YamlField field, params ReadOnlySpan<Dimension> dimensions)
    {
        YamlMap map = field.Map();
        return new ValueRange(
            map.Required("min").Quantity(dimensions).Value,
            map.Required("max").Quantity(dimensions).Value);
    }

    private static double[] ReadVector(YamlField field, Dimension dimension)
    {
        IReadOnlyList<YamlField> items = field.Items();
        if (items.Count != 3)
        {
            field.Refuse("A vector has three numbers", "x, y, z", $"{items.Count}");
            return [0, 0, 0];
        }

        return [.. items.Select(item => item.Quantity(dimension))];
    }
}
