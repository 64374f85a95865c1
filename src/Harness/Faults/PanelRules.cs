namespace HilRig.Harness.Faults;

/// <summary>Faults beside the bus: what an operator presses, and the servos' supply.</summary>
public static class PanelRules
{
    /// <summary>Target that means the button of the emergency stop.</summary>
    public const string EmergencyStop = "emergencyStop";

    /// <summary>Target that means the supply of the servos.</summary>
    public const string Supply = "supply";

    internal static IReadOnlyList<FaultRule> All { get; } =
    [
        Of(FaultLayer.Bus, FaultType.Off, Supply, FaultScope.VirtualRig,
            "the servos lose their supply: limp, silent, their RAM forgotten"),
        Of(FaultLayer.Operator, FaultType.Off, EmergencyStop, FaultScope.VirtualEmergencyStop,
            "the wire of the emergency stop is cut, which counts as pressed"),
        Of(FaultLayer.Operator, FaultType.Stuck, EmergencyStop, FaultScope.VirtualEmergencyStop,
            "the emergency stop is pressed and stays pressed"),
    ];

    /// <summary>Whether the emulator has to bring a fault about, of whatever layer.</summary>
    /// <param name="fault">The fault.</param>
    public static bool IsOfEmulator(ScenarioFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return fault.Rule.Layer == FaultLayer.Bus
            || fault is { Rule.Layer: FaultLayer.Operator, Target: EmergencyStop };
    }

    private static FaultRule Of(
        FaultLayer layer, FaultType type, string target, FaultScope scope, string meaning) =>
        new(layer, type, FaultTarget.Word, [target], scope, meaning);
}
