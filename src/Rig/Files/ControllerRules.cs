using HilRig.Core.Rigs;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>
/// What a rig file must satisfy by its protocol: servos need actuators and parameters, a controller
/// that sets the pace has none and holds by itself when it stops.
/// </summary>
internal static class ControllerRules
{
    private const int ControllerJointsMax = 32;

    /// <summary>Adds a fault for each rule that does not hold.</summary>
    /// <param name="rig">What was read.</param>
    /// <param name="document">Where it was read from; takes the faults.</param>
    public static void Check(RigDescription rig, YamlDocument document)
    {
        if (!rig.Buses.Any(bus => bus.Protocol == "packet-clocked"))
        {
            CheckServos(rig, document);
            return;
        }

        Require(rig.Buses.Count == 1 && rig.Arms.Count == 1, document,
            "A packet-clocked controller is the only bus of its rig and drives one arm",
            $"{rig.Buses.Count} buses, {rig.Arms.Count} arms");
        Require(rig.Joints.All(joint => joint.Actuators.Count == 0), document,
            "The joints of a packet-clocked controller have no 'actuators'");
        Require(rig.Joints.Count <= ControllerJointsMax, document,
            $"A packet-clocked controller has at most {ControllerJointsMax} joints",
            $"{rig.Joints.Count}");
        Require(rig.SafePosture.Policy == SafePosturePolicy.Hold, document,
            "A packet-clocked controller brakes and holds: 'safePosture.policy: hold'",
            $"{rig.SafePosture.Policy}");
        Require(rig.Virtual is null || rig.Virtual.ServoPath.Length == 0, document,
            "A packet-clocked controller has no 'virtual.servos'");
        Require(rig.Power is null, document,
            "A packet-clocked controller has no guardian that could open a 'power' switch");
        Require(rig.EmergencyStop is null, document,
            "A packet-clocked controller has no guardian that could read an 'emergencyStop'");
        Require(!rig.Capabilities.Contains("torque-off"), document,
            "A packet-clocked controller cannot let single joints go: no capability 'torque-off'");
    }

    private static void CheckServos(RigDescription rig, YamlDocument document)
    {
        foreach (JointMapping joint in rig.Joints)
        {
            Require(joint.Actuators.Count > 0, document,
                $"The joint '{joint.Name}' has no 'actuators'");
        }

        Require(rig.Virtual is null || rig.Virtual.ServoPath.Length > 0, document,
            "The virtual arm has no 'virtual.servos'");
        Require(
            rig.Virtual is not null || (rig.EmergencyStop?.Kind != EmergencyStopKind.Virtual
                && rig.Power?.Kind != PowerSwitchKind.Virtual), document,
            "Only a rig with a virtual arm has a virtual 'emergencyStop' or 'power'");
        Require(
            rig.Power is not null
                || rig.EmergencyStop is null or { Category: EmergencyStopCategory.StopWithPower },
            document,
            "An 'emergencyStop' of category 0 or 1 needs a 'power' switch to open");
    }

    private static void Require(
        bool holds, YamlDocument document, string rule, string? found = null)
    {
        if (!holds)
        {
            document.Faults.Add(new YamlFault(document.DisplayPath, rule, null, found, null));
        }
    }
}
