using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Core.Units;
using HilRig.Devices.Registers;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Reads one joint of a rig file.</summary>
internal static class JointReader
{
    /// <summary>Reads a joint.</summary>
    /// <param name="map">Its keys.</param>
    /// <param name="prefix">Namespace of its arm; empty for none.</param>
    public static JointMapping Read(YamlMap map, string prefix)
    {
        string name = map.Required("name").Text();
        bool slides = map.Optional("kind")?.Choice("revolute", "prismatic") == "prismatic";
        Dimension position = slides ? Dimension.Length : Dimension.Angle;
        return new JointMapping
        {
            Name = prefix.Length == 0 ? name : $"{prefix}/{name}",
            ModelJoint = map.Optional("modelJoint")?.Text() ?? name,
            Kind = slides ? JointKind.Prismatic : JointKind.Revolute,
            HardLimits = RigFile.ReadRange(map.Required("hard"), position),
            SoftLimits = RigFile.ReadRange(map.Required("soft"), position),
            VelocityMax = Positive(
                map.Required("velocity"), slides ? Dimension.Velocity : Dimension.AngularVelocity),
            EffortMax = Positive(
                map.Required("effort"), slides ? Dimension.Force : Dimension.Torque),
            StepMax = Positive(map.Required("step"), position),
            Transmission = map.Optional("transmission") is { } law
                ? ReadLaw(law.Map(), position) : null,
            Actuators =
            [
                .. map.Optional("actuators")?.Items().Select(item => ReadActuator(item.Map()))
                    ?? [],
            ],
        };
    }

    private static TransmissionLaw ReadLaw(YamlMap map, Dimension position) => new(
        map.Required("perRadian").Quantity(position),
        map.Optional("offset")?.Quantity(position) ?? 0);

    private static ActuatorMapping ReadActuator(YamlMap map)
    {
        YamlField modelField = map.Required("model");
        string model = modelField.Choice([.. RegisterTables.All.Select(known => known.Model)]);
        RegisterTables.TryFind(model, out RegisterTable? table);
        double ticksPerTurn = map.Optional("ticksPerRevolution")?.Number() ?? Sts3215.TicksPerTurn;
        return new ActuatorMapping
        {
            Bus = map.Required("bus").Text(),
            Id = (byte)map.Required("id").Integer(0, 252),
            Model = model,
            Sign = map.Optional("sign")?.Integer(-1, 1) ?? 1,
            ZeroTicks = map.Required("zero").Integer(),
            TicksPerRadian = ticksPerTurn / (2 * Math.PI),
            Registers = ReadRegisters(map.Optional("registers"), table),
        };
    }

    private static Dictionary<string, int> ReadRegisters(YamlField? field, RegisterTable? table)
    {
        var registers = new Dictionary<string, int>();
        foreach ((string name, YamlField value) in field?.Map().Entries() ?? [])
        {
            if (table is not null && !table.TryFind(name, out _))
            {
                value.Refuse(
                    $"The {table.Model} has no register '{name}'",
                    "one of " + string.Join(", ", table.Registers.Select(known => known.Name)));
            }

            registers[name] = value.Integer();
        }

        return registers;
    }

    private static double Positive(YamlField field, Dimension dimension) =>
        field.Quantity(dimension, double.Epsilon, double.PositiveInfinity);
}
