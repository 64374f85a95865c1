using HilRig.Core.RealTime;

namespace HilRig.Rig.Doctor.Checks;

/// <summary>Whether this user may have real time.</summary>
internal static class RightsCheck
{
    // Version 1 of control groups hands out real-time budgets; 0 refuses every SCHED_FIFO.
    private const string GroupBudgetPath = "/sys/fs/cgroup/cpu/cpu.rt_runtime_us";

    /// <summary>Looks.</summary>
    /// <param name="files">The machine.</param>
    public static IEnumerable<Finding> Look(MachineFiles files)
    {
        ProcessRights rights = ProcessRights.Read(files);
        const string WhyPriority =
            "without SCHED_FIFO the loop waits behind every busy program, up to 100 ms";
        yield return rights.MaySchedule
            ? new("real-time-priority", Severity.Ok, $"allowed (limit {rights.PriorityLimit})",
                WhyPriority)
            : new("real-time-priority", Severity.Fail,
                $"refused (limit {rights.PriorityLimit}, no CAP_SYS_NICE)", WhyPriority,
                RealTimeKit.RemedyOf(RealTimeFeature.FifoScheduling))
            {
                Rank = 1,
            };
        const string WhyLock =
            "a page that was taken away is fetched again in the middle of a tick";
        yield return rights.MayLockAll
            ? new("locked-memory", Severity.Ok, $"allowed (limit {rights.LockLimit})", WhyLock)
            : new("locked-memory", Severity.Fail,
                $"refused (limit {rights.LockLimit} bytes, no CAP_IPC_LOCK)", WhyLock,
                RealTimeKit.RemedyOf(RealTimeFeature.LockedMemory))
            {
                Rank = 2,
            };
        if (files.Number(GroupBudgetPath) == 0)
        {
            yield return new(
                "control-group", Severity.Fail, "0 µs of real time for this control group",
                "SCHED_FIFO is refused whatever the limits say",
                $"echo 950000 > {GroupBudgetPath}, or boot with systemd.unified_cgroup_hierarchy=1")
            {
                Rank = 3,
            };
        }
    }
}
