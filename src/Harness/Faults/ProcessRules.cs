namespace HilRig.Harness.Faults;

/// <summary>Deaths and hangs of processes.</summary>
internal static class ProcessRules
{
    /// <summary>The process that runs the scenario.</summary>
    internal const string Host = "host";

    private static readonly string[] Roles = ["agent", Host, "guardian", "emulator", "bridge"];

    internal static IReadOnlyList<FaultRule> All { get; } =
    [
        Of(FaultType.Off, "the process is killed (`SIGKILL`)") with { CanEnd = false },
        Of(FaultType.Stuck, "the process is halted (`SIGSTOP`), and goes on after `for`"),
    ];

    private static FaultRule Of(FaultType type, string meaning) => new(
        FaultLayer.Process, type, FaultTarget.Word, Roles, FaultScope.VirtualRig, meaning);
}
