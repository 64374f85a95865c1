namespace HilRig.Core.RealTime.Kit;

/// <summary>How a user gets what a machine refuses. One wording for kit and doctor.</summary>
internal static class RealTimeRemedies
{
    /// <summary>Real-time priority.</summary>
    public const string Priority =
        "add '@realtime - rtprio 99' to /etc/security/limits.d/99-realtime.conf, put the user into"
        + " the group realtime and log in again; service: LimitRTPRIO=99;"
        + " container: --cap-add SYS_NICE --ulimit rtprio=99";

    /// <summary>Locked memory.</summary>
    public const string LockedMemory =
        "add '@realtime - memlock unlimited' to /etc/security/limits.d/99-realtime.conf, put the"
        + " user into the group realtime and log in again; service: LimitMEMLOCK=infinity;"
        + " container: --cap-add IPC_LOCK --ulimit memlock=-1";

    /// <summary>/dev/cpu_dma_latency.</summary>
    public const string ProcessorLatency =
        "put KERNEL==\"cpu_dma_latency\", GROUP=\"realtime\", MODE=\"0660\" into"
        + " /etc/udev/rules.d/99-realtime.rules and run 'udevadm trigger /dev/cpu_dma_latency';"
        + " container: --device /dev/cpu_dma_latency";

    /// <summary>A better nice value.</summary>
    public const string Nice =
        "add '@realtime - nice -20' to /etc/security/limits.d/99-realtime.conf, put the user into"
        + " the group realtime and log in again; service: LimitNICE=-20";

    /// <summary>Each method compiled once.</summary>
    public const string Compilation = "start with DOTNET_TieredCompilation=0";
}
