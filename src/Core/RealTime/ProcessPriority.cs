using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace HilRig.Core.RealTime;

/// <summary>
/// Ordinary scheduling with a better nice value, for the threads that serve a real-time loop but
/// must not run as SCHED_FIFO: sockets, the thread pool, a recorder. On a busy machine such a
/// thread otherwise waits behind every other process, up to 100 ms with thirty runnable ones on two
/// processors, and the loop's commands wait with it. Where the kernel groups tasks by session
/// (sched_autogroup_enabled), nice counts only among the tasks of one session.
/// </summary>
public static class ProcessPriority
{
    /// <summary>Nice value of a raised process.</summary>
    public const int RaisedNice = -15;

    /// <summary>
    /// Raises the calling thread and every thread started by it from now on; so call it first thing
    /// in Main. On Linux it needs CAP_SYS_NICE or a limit on nice that allows it.
    /// </summary>
    public static RealTimeGrant Raise()
    {
        if (!OperatingSystem.IsLinux())
        {
            return RaiseClass();
        }

        return LinuxCalls.SetPriority(LinuxCalls.PriorityOfThread, 0, RaisedNice) == 0
            ? new(RealTimeFeature.ProcessPriority, true, string.Create(
                CultureInfo.InvariantCulture, $"nice {RaisedNice}"))
            : new(
                RealTimeFeature.ProcessPriority,
                false,
                Marshal.GetLastPInvokeErrorMessage())
            {
                Remedy = Kit.RealTimeRemedies.Nice,
            };
    }

    private static RealTimeGrant RaiseClass()
    {
        try
        {
            using Process self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.High;
            return new(RealTimeFeature.ProcessPriority, true, "priority class High");
        }
        catch (Win32Exception error)
        {
            return new(RealTimeFeature.ProcessPriority, false, error.Message);
        }
    }
}
