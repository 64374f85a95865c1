using System.Globalization;
using HilRig.Core.Rigs;
using HilRig.Core.Units;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Harness.Faults;

namespace HilRig.Rig.Faults;

/// <summary>A scenario's faults of the bus as lines for the emulator.</summary>
internal static class BusFaultLines
{
    // In the order of the scenario's words.
    private static readonly ServoErrors[] Errors =
    [
        ServoErrors.Voltage, ServoErrors.Sensor, ServoErrors.Temperature, ServoErrors.Current,
        ServoErrors.Overload,
    ];

    /// <summary>One line for each servo that the fault touches, or one for the bus.</summary>
    /// <param name="occurrence">A fault of the bus whose instant is known.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="seed">The run's seed.</param>
    public static IEnumerable<string> Of(
        FaultOccurrence occurrence, RigDescription rig, ulong seed)
    {
        ScenarioFault fault = occurrence.Fault;
        string rest = Rest(occurrence, seed);
        string kind = KindOf(fault);
        if (fault.Rule.Target == FaultTarget.Word)
        {
            return [$"{kind}{rest}"];
        }

        JointMapping joint = rig.Joints.Single(one => one.Name == fault.Target);
        return joint.Actuators.Select(actuator => string.Create(
            CultureInfo.InvariantCulture, $"{kind} id={actuator.Id}{rest}"));
    }

    private static string KindOf(ScenarioFault fault) => (fault.Target, fault.Rule.Type) switch
    {
        (PanelRules.EmergencyStop, FaultType.Stuck) => "press",
        (PanelRules.EmergencyStop, _) => "unwire",
        (PanelRules.Supply, _) => "unpower",
        (_, var type) => FaultCatalogue.Word(type),
    };

    private static string Rest(FaultOccurrence occurrence, ulong seed)
    {
        ScenarioFault fault = occurrence.Fault;
        var words = new List<string>
        {
            "",
            string.Create(CultureInfo.InvariantCulture, $"at={occurrence.DueNanoseconds}"),
            string.Create(CultureInfo.InvariantCulture, $"number={occurrence.Index}"),
            string.Create(CultureInfo.InvariantCulture, $"seed={seed & int.MaxValue}"),
        };
        if (fault.ForSeconds is { } seconds)
        {
            words.Add(string.Create(CultureInfo.InvariantCulture, $"for={seconds:R}"));
        }

        foreach ((string key, Quantity value) in fault.Values)
        {
            words.Add(key switch
            {
                "id" => FormattableString.Invariant($"other={value.Value:R}"),
                "error" => $"error={(int)Errors[(int)value.Value - 1]}",
                _ => FormattableString.Invariant($"{key}={value.Value:R}"),
            });
        }

        return string.Join(' ', words);
    }
}
