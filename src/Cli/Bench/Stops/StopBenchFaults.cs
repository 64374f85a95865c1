using HilRig.Core.Joints;

namespace HilRig.Cli.Bench.Stops;

/// <summary>Causes that are no signals: faults of the scenario (docs/faults.md).</summary>
internal static class StopBenchFaults
{
    /// <summary>The fault of a cause; null for one that is a signal.</summary>
    /// <param name="cause">The cause.</param>
    public static string? Of(StopBenchCause cause) => cause switch
    {
        StopBenchCause.CommandsFrozen => "layer: bridge, target: commands, type: off",
        StopBenchCause.IllegalCommands =>
            "layer: bridge, target: commands, type: wrong, goal: 3 rad",
        StopBenchCause.BusGone => "layer: bus, target: bus, type: off",
        StopBenchCause.EmergencyStop => "layer: operator, target: emergencyStop, type: stuck",
        StopBenchCause.AgentKilled or StopBenchCause.AgentFrozen
            or StopBenchCause.AgentKilledMidPacket or StopBenchCause.HostKilled
            or StopBenchCause.HostFrozen or StopBenchCause.GuardianKilled
            or StopBenchCause.GuardianFrozen => null,
    };

    /// <summary>
    /// Whether a servo can confirm the stop after this cause. Where none can, saying otherwise
    /// would be the fault.
    /// </summary>
    /// <param name="cause">The cause.</param>
    public static bool CanBeConfirmed(StopBenchCause cause) => cause != StopBenchCause.BusGone;

    /// <summary>Why the rig stops after a cause.</summary>
    /// <param name="cause">The cause.</param>
    public static StopReason ReasonOf(StopBenchCause cause) => cause switch
    {
        StopBenchCause.AgentKilled or StopBenchCause.AgentFrozen
            or StopBenchCause.AgentKilledMidPacket => StopReason.AgentDied,
        StopBenchCause.HostKilled => StopReason.HostDied,
        StopBenchCause.HostFrozen or StopBenchCause.CommandsFrozen => StopReason.DeadmanExpired,
        StopBenchCause.GuardianKilled or StopBenchCause.GuardianFrozen => StopReason.Unguarded,
        StopBenchCause.IllegalCommands => StopReason.IllegalCommand,
        StopBenchCause.BusGone => StopReason.BusLost,
        StopBenchCause.EmergencyStop => StopReason.EmergencyStop,
    };
}
