using HilRig.Core.Rigs;
using HilRig.Harness.Yaml;

namespace HilRig.Rig.Files;

/// <summary>Reads the 'isaac' block of a rig file.</summary>
internal static class IsaacReader
{
    private const int PortMax = 65535;

    /// <summary>Reads the block.</summary>
    /// <param name="map">Its keys.</param>
    /// <param name="document">The rig file.</param>
    public static IsaacRigDescription Read(YamlMap map, YamlDocument document)
    {
        _ = map.Required("generation").Integer(2, 2);
        return new IsaacRigDescription(
            map.Optional("stream")?.Integer(1, PortMax) ?? 5561,
            map.Optional("commands")?.Integer(1, PortMax) ?? 5557,
            map.Optional("statesTopic")?.Text() ?? "joint_states",
            map.Optional("commandTopic")?.Text() ?? "joint_command",
            map.Optional("fields") is { } path ? document.Resolve(path.Text()) : null);
    }

    /// <summary>
    /// Adds a fault for what such a rig cannot have: buses, actuators, a posture but to hold.
    /// </summary>
    /// <param name="rig">A rig with an 'isaac' block.</param>
    /// <param name="document">Takes the faults.</param>
    public static void Check(RigDescription rig, YamlDocument document)
    {
        bool hasHardware = rig.Buses.Count > 0 || rig.Virtual is not null
            || rig.Joints.Any(joint => joint.Actuators.Count > 0);
        if (hasHardware)
        {
            document.Faults.Add(new YamlFault(
                document.DisplayPath,
                "A rig that Isaac simulates has no buses, actuators or virtual arm",
                "an 'isaac' block alone"));
        }

        if (rig.SafePosture.Policy != SafePosturePolicy.Hold)
        {
            document.Faults.Add(new YamlFault(
                document.DisplayPath,
                "Isaac can only be told to hold",
                "safePosture: { policy: hold }"));
        }
    }
}
