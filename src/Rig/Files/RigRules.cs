using System.Globalization;
using HilRig.Core.Rigs;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>What a rig file must satisfy beyond its shape.</summary>
internal static class RigRules
{
    /// <summary>Adds a fault for each rule that does not hold.</summary>
    /// <param name="rig">What was read.</param>
    /// <param name="document">Where it was read from; takes the faults.</param>
    public static void Check(RigDescription rig, YamlDocument document)
    {
        CheckJoints(rig, document);
        CheckActuators(rig, document);
        CheckPorts(rig, document);
        if (rig.Isaac is null)
        {
            ControllerRules.Check(rig, document);
        }
        else
        {
            IsaacReader.Check(rig, document);
        }

        CheckNames(rig, rig.SafePosture.RestPosition.Keys, "safePosture.rest", document);
        CheckNames(rig, rig.Virtual?.InitialPosition.Keys ?? [], "virtual.initial", document);
        foreach ((string name, double rest) in rig.SafePosture.RestPosition)
        {
            JointMapping? joint = rig.Joints.FirstOrDefault(known => known.Name == name);
            if (joint is not null && !Inside(rest, joint.SoftLimits))
            {
                Fault(document, $"The rest position of '{name}' is outside its soft limits",
                    Text(joint.SoftLimits), Text(rest));
            }
        }
    }

    private static void CheckJoints(RigDescription rig, YamlDocument document)
    {
        var seen = new HashSet<string>();
        foreach (JointMapping joint in rig.Joints)
        {
            if (!seen.Add(joint.Name))
            {
                Fault(document, $"Two joints are called '{joint.Name}'",
                    "different names, or a 'namespace' for each arm");
            }

            if (joint.HardLimits.Min >= joint.HardLimits.Max
                || joint.SoftLimits.Min >= joint.SoftLimits.Max)
            {
                Fault(document, $"A limit of '{joint.Name}' is empty", "min below max");
            }

            if (joint.SoftLimits.Min < joint.HardLimits.Min
                || joint.SoftLimits.Max > joint.HardLimits.Max)
            {
                Fault(document, $"The soft limits of '{joint.Name}' leave its hard limits",
                    Text(joint.HardLimits), Text(joint.SoftLimits));
            }

            if (joint.Transmission is { Ratio: 0 })
            {
                Fault(document, $"The transmission of '{joint.Name}' does not move it",
                    "perRadian ≠ 0");
            }
        }

        if (rig.Joints.Count > 64)
        {
            Fault(document, "The rig has too many joints", "at most 64", $"{rig.Joints.Count}");
        }
    }

    private static void CheckActuators(RigDescription rig, YamlDocument document)
    {
        var seen = new HashSet<(string, byte)>();
        foreach (JointMapping joint in rig.Joints)
        {
            foreach (ActuatorMapping actuator in joint.Actuators)
            {
                if (!rig.Buses.Any(bus => bus.Name == actuator.Bus))
                {
                    Fault(document,
                        $"'{joint.Name}' hangs on the bus '{actuator.Bus}', which the rig lacks",
                        "one of " + string.Join(", ", rig.Buses.Select(bus => bus.Name)));
                }

                if (!seen.Add((actuator.Bus, actuator.Id)))
                {
                    Fault(document, $"Two actuators have id {actuator.Id} on bus '{actuator.Bus}'");
                }

                if (actuator.Sign == 0)
                {
                    Fault(document, $"The sign of '{joint.Name}' is 0", "1 or -1", "0");
                }

                CheckTravel(joint, actuator, document);
            }
        }
    }

    /// <summary>A position-mode servo of one turn cannot be sent past its encoder's ends.</summary>
    private static void CheckTravel(
        JointMapping joint, ActuatorMapping actuator, YamlDocument document)
    {
        foreach (double limit in (ReadOnlySpan<double>)[joint.HardLimits.Min, joint.HardLimits.Max])
        {
            TransmissionLaw law = joint.Transmission ?? new TransmissionLaw(1, 0);
            double angle = (limit - law.Offset) / law.Ratio;
            double ticks = actuator.ZeroTicks + (actuator.Sign * angle * actuator.TicksPerRadian);
            if (ticks is < -0.5 or > 4095.5)
            {
                Fault(document, $"A hard limit of '{joint.Name}' is beyond its encoder",
                    "counts 0 to 4095", Text(ticks) + " counts",
                    "move the zero or narrow the limit");
            }
        }
    }

    private static void CheckPorts(RigDescription rig, YamlDocument document)
    {
        foreach (BusDescription bus in rig.Buses)
        {
            if (bus.Port == "virtual" && rig.Virtual is null)
            {
                Fault(document,
                    $"The bus '{bus.Name}' is virtual, but the rig describes no virtual arm",
                    "a 'virtual' block", remedy: "add one, or name the bus's real port");
            }
        }
    }

    private static void CheckNames(
        RigDescription rig, IEnumerable<string> names, string where, YamlDocument document)
    {
        foreach (string name in names)
        {
            if (!rig.Joints.Any(joint => joint.Name == name))
            {
                Fault(document, $"'{where}' names the joint '{name}', which the rig lacks",
                    "one of " + string.Join(", ", rig.Joints.Select(joint => joint.Name)));
            }
        }
    }

    private static bool Inside(double value, ValueRange range) =>
        value >= range.Min && value <= range.Max;

    private static string Text(ValueRange range) => $"{Text(range.Min)} to {Text(range.Max)}";

    private static string Text(double value) =>
        value.ToString("0.####", CultureInfo.InvariantCulture);

    private static void Fault(
        YamlDocument document,
        string what,
        string? expected = null,
        string? found = null,
        string? remedy = null) =>
        document.Faults.Add(new YamlFault(document.DisplayPath, what, expected, found, remedy));
}
