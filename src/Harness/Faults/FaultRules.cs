using HilRig.Core.Joints;
using HilRig.Core.Units;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Faults;

/// <summary>Holds the faults of a scenario against the plant it meets.</summary>
internal static class FaultRules
{
    /// <summary>Adds what does not fit to <paramref name="faults"/>.</summary>
    internal static void Check(
        Scenario scenario, Surroundings surroundings, double durationSeconds, YamlFaults faults)
    {
        foreach (ScenarioFault fault in scenario.Faults)
        {
            CheckScope(fault, surroundings, faults);
            CheckJoint(fault, surroundings.Joints, faults);
            if (fault.AtSeconds >= durationSeconds)
            {
                faults.Add(new YamlFault(
                    fault.Where,
                    "The fault would begin after the measured phase",
                    FormattableString.Invariant($"'at' below {durationSeconds:0.####} s"),
                    FormattableString.Invariant($"{fault.AtSeconds:0.####} s")));
            }

            if (fault is { ForSeconds: null, Target: ProcessRules.Host }
                && fault.Rule is { Layer: FaultLayer.Process, Type: FaultType.Stuck })
            {
                faults.Add(new YamlFault(
                    fault.Where, "A host that is halted for good never ends its run",
                    "'for', such as 500 ms"));
            }

            if (fault.Rule.Layer == FaultLayer.Sim && !scenario.Twin.Enabled)
            {
                faults.Add(new YamlFault(
                    fault.Where, "The scenario has no twin that could have a fault"));
            }
        }
    }

    /// <summary>Joints a fault touches, bit i for joint i; every one for words.</summary>
    internal static ulong JointsOf(ScenarioFault fault, IReadOnlyList<JointBounds> joints)
    {
        bool isWord = fault.Rule.Target == FaultTarget.Word
            || fault.Target == FaultCatalogue.EveryJoint;
        ulong bits = 0;
        for (int i = 0; i < joints.Count; i++)
        {
            bool isMeant = isWord || joints[i].Name == fault.Target;
            if (isMeant && Fits(fault, joints[i].Kind))
            {
                bits |= 1UL << i;
            }
        }

        return bits;
    }

    private static void CheckScope(
        ScenarioFault fault, Surroundings surroundings, YamlFaults faults)
    {
        (bool allowed, string expected) = fault.Rule.Scope switch
        {
            FaultScope.AnyPlant => (true, ""),
            FaultScope.AnyRig => (surroundings.RecordedLogPath is null, "a rig"),
            FaultScope.VirtualRig => (surroundings.IsVirtualRig, "a virtual rig"),
            FaultScope.VirtualEmergencyStop => (
                surroundings.HasVirtualEmergencyStop, "a rig with a virtual 'emergencyStop'"),
        };
        if (!allowed)
        {
            string found = surroundings.RecordedLogPath is not null ? "a recording"
                : surroundings.IsVirtualRig ? "a virtual rig without it"
                : "a real rig";
            faults.Add(new YamlFault(
                fault.Where, $"The fault '{fault.Describe()}' is not for this plant", expected,
                found, "rigs/so101-virtual.yaml"));
        }
    }

    private static void CheckJoint(
        ScenarioFault fault, IReadOnlyList<JointBounds> joints, YamlFaults faults)
    {
        if (fault.Rule.Target == FaultTarget.Word || fault.Target == FaultCatalogue.EveryJoint)
        {
            return;
        }

        JointBounds? joint = joints.FirstOrDefault(one => one.Name == fault.Target);
        if (joint is null)
        {
            faults.Add(JointFaults.Unknown(fault.Target, fault.Where, joints));
        }
        else if (!Fits(fault, joint.Kind))
        {
            faults.Add(JointFaults.WrongKind(joint, fault.Where));
        }
    }

    // An error in rad, given for every joint, is meant for those that turn.
    private static bool Fits(ScenarioFault fault, JointKind kind) =>
        fault.Rule.Layer == FaultLayer.Bus
        || fault.Values.Values.All(value => value.Dimension switch
        {
            Dimension.Angle => kind == JointKind.Revolute,
            Dimension.Length => kind == JointKind.Prismatic,
            _ => true,
        });
}
