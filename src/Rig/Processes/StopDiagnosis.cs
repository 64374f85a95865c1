using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Sessions;
using HilRig.Harness.Results;

namespace HilRig.Rig.Processes;

/// <summary>Says for people why a rig stopped, who stopped it, and whether it is safe.</summary>
internal static class StopDiagnosis
{
    /// <summary>A sentence, or null when neither agent nor guardian has stopped the rig.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="report">The newest report of its agent.</param>
    /// <param name="page">What agent and guardian wrote for each other; null when closed.</param>
    /// <param name="logFolder">Where their logs are.</param>
    public static string? Of(
        RigDescription rig, AgentReport report, HeartbeatPage? page, string logFolder)
    {
        if (page is not null && page.GuardianStopReason != StopReason.None)
        {
            return $"the guardian took the rig over ({page.GuardianStopReason}); "
                + Confirmed(page.GuardianStopAcknowledged) + $". Logs: {logFolder}. "
                + "Try: look at the rig; a real one stays latched until 'hilrig rearm'";
        }

        if (report.StopReason == StopReason.None)
        {
            return null;
        }

        string joint = report.StopJoint < 0
            ? report.StopReason == StopReason.ServoLost ? " (no servo answers)" : ""
            : $" at joint '{rig.Joints[report.StopJoint].Name}' ({Servos(rig, report.StopJoint)})";
        return $"the agent stopped: {report.StopReason}{joint}; "
            + Confirmed(report.StopAcknowledged) + $". Try: {Remedy(report.StopReason)}";
    }

    /// <summary>The same as figures; stop times are measured elsewhere.</summary>
    /// <param name="report">The newest report of the rig's agent.</param>
    /// <param name="page">What agent and guardian wrote for each other; null when closed.</param>
    public static StopReport? Observe(AgentReport report, HeartbeatPage? page)
    {
        // The agent's own reason is the first; a takeover that follows it says who made it safe.
        StopReason guardian = page?.GuardianStopReason ?? StopReason.None;
        StopReason cause = report.StopReason != StopReason.None ? report.StopReason : guardian;
        bool byGuardian = guardian != StopReason.None;
        return cause == StopReason.None ? null : new StopReport
        {
            Cause = cause,
            By = byGuardian ? StopActor.Guardian : StopActor.Agent,
            Acknowledged = byGuardian ? page!.GuardianStopAcknowledged : report.StopAcknowledged,
        };
    }

    private static string Servos(RigDescription rig, int joint) => string.Join(
        ", ",
        rig.Joints[joint].Actuators.Select(actuator => $"servo {actuator.Id} on {actuator.Bus}"));

    private static string Confirmed(bool isConfirmed) => isConfirmed
        ? "every servo confirmed the safe posture"
        : "the safe posture is NOT confirmed by every servo";

    private static string Remedy(StopReason reason) => reason switch
    {
        StopReason.ServoLost => "check the servo's cable and supply",
        StopReason.ServoError => "read the servo's error, temperature and supply",
        StopReason.BusLost => "check that the adapter is plugged in",
        StopReason.DeadmanExpired => "look for what kept the host from sending commands",
        StopReason.Unguarded => "start 'hilrig guardian' for this rig first",
        StopReason.EmergencyStop =>
            "look at the rig; release the button, or mend its wire; then re-arm",
        StopReason.IllegalCommand => "compare the controller's goals with the rig's limits",
        _ => "look at the rig and at the logs of its processes",
    };
}
