using System.Globalization;
using System.Runtime.InteropServices;

namespace HilRig.Core.RealTime.Kit;

/// <summary>
/// Policy, priority and processors of the calling thread, and the way back to what they were.
/// </summary>
internal sealed unsafe class ThreadScheduling
{
    private const int AffinityWordCount = 16;
    private readonly ulong[] _maskBefore = new ulong[AffinityWordCount];
    private readonly int _policyBefore;
    private readonly int _priorityBefore;
    private bool _hasScheduled;
    private bool _hasPinned;

    /// <summary>Notes how the calling thread is scheduled now.</summary>
    public ThreadScheduling()
    {
        if (OperatingSystem.IsLinux())
        {
            int priority = 0;
            _policyBefore = LinuxCalls.GetScheduler(0);
            _ = LinuxCalls.GetScheduleParameter(0, &priority);
            _priorityBefore = priority;
        }
    }

    /// <summary>SCHED_FIFO at a priority.</summary>
    /// <param name="priority">1 to 99.</param>
    public RealTimeGrant Schedule(int priority)
    {
        if (!OperatingSystem.IsLinux())
        {
            return new(
                RealTimeFeature.FifoScheduling, false, "this system has no SCHED_FIFO");
        }

        if (LinuxCalls.SetScheduler(0, LinuxCalls.ScheduleFifo, &priority) != 0)
        {
            return new(
                RealTimeFeature.FifoScheduling, false, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Marshal.GetLastPInvokeErrorMessage()} (ulimit -r is {Limit()})"))
            {
                Remedy = RealTimeRemedies.Priority,
            };
        }

        _hasScheduled = true;
        return new(RealTimeFeature.FifoScheduling, true, string.Create(
            CultureInfo.InvariantCulture, $"SCHED_FIFO {priority}"));
    }

    /// <summary>Keeps the thread on some processors.</summary>
    /// <param name="processors">Their numbers.</param>
    public RealTimeGrant Pin(IReadOnlyList<int> processors)
    {
        if (!OperatingSystem.IsLinux())
        {
            return Unpinned("this system has no sched_setaffinity");
        }

        ulong* mask = stackalloc ulong[AffinityWordCount];
        new Span<ulong>(mask, AffinityWordCount).Clear();
        foreach (int processor in processors)
        {
            if (processor < 0 || processor >= AffinityWordCount * 64)
            {
                return Unpinned(string.Create(
                    CultureInfo.InvariantCulture, $"there is no processor {processor}"));
            }

            mask[processor / 64] |= 1UL << processor % 64;
        }

        fixed (ulong* before = _maskBefore)
        {
            _ = LinuxCalls.GetAffinity(0, AffinityWordCount * sizeof(ulong), before);
        }

        if (LinuxCalls.SetAffinity(0, AffinityWordCount * sizeof(ulong), mask) != 0)
        {
            return Unpinned(Marshal.GetLastPInvokeErrorMessage()) with
            {
                Remedy = "name processors of /sys/devices/system/cpu/online "
                    + "that the process's cpuset allows",
            };
        }

        _hasPinned = true;
        return new(
            RealTimeFeature.Affinity, true, "processors " + string.Join(',', processors));
    }

    /// <summary>The calling thread is scheduled again as it was at construction.</summary>
    public void Restore()
    {
        if (_hasScheduled)
        {
            int priority = _priorityBefore;
            _ = LinuxCalls.SetScheduler(0, _policyBefore, &priority);
        }

        if (_hasPinned)
        {
            fixed (ulong* before = _maskBefore)
            {
                _ = LinuxCalls.SetAffinity(0, AffinityWordCount * sizeof(ulong), before);
            }
        }
    }

    private static RealTimeGrant Unpinned(string why) => new(RealTimeFeature.Affinity, false, why);

    private static string Limit()
    {
        ulong* limits = stackalloc ulong[2];
        return LinuxCalls.GetResourceLimit(LinuxCalls.ResourceRealTimePriority, limits) != 0
            ? "unknown"
            : limits[0] == ulong.MaxValue
                ? "unlimited"
                : limits[0].ToString(CultureInfo.InvariantCulture);
    }
}
