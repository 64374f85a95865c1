using System.Runtime.InteropServices;

namespace HilRig.Core.RealTime;

/// <summary>The Linux calls of the real-time kit (man 2 pages of the same names).</summary>
internal static unsafe class LinuxCalls
{
    public const int ClockMonotonic = 1;
    public const int TimerAbsolute = 1;
    public const int Interrupted = 4;
    public const int ScheduleOther = 0;
    public const int ScheduleFifo = 1;
    public const int LockCurrent = 1;
    public const int LockFuture = 2;
    public const int LockOnFault = 4;
    public const int ResourceLockedMemory = 8;
    public const int ResourceRealTimePriority = 14;
    public const int UsageOfThread = 1;
    public const int PriorityOfThread = 0;

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    public static extern int ClockNanosleep(
        int clock, int flags, TimeSpecification* request, TimeSpecification* remain);

    [DllImport("libc", EntryPoint = "sched_setscheduler", SetLastError = true)]
    public static extern int SetScheduler(int threadId, int policy, int* priority);

    [DllImport("libc", EntryPoint = "sched_getscheduler", SetLastError = true)]
    public static extern int GetScheduler(int threadId);

    [DllImport("libc", EntryPoint = "sched_getparam", SetLastError = true)]
    public static extern int GetScheduleParameter(int threadId, int* priority);

    [DllImport("libc", EntryPoint = "sched_setaffinity", SetLastError = true)]
    public static extern int SetAffinity(int threadId, nuint maskBytes, ulong* mask);

    [DllImport("libc", EntryPoint = "sched_getaffinity", SetLastError = true)]
    public static extern int GetAffinity(int threadId, nuint maskBytes, ulong* mask);

    [DllImport("libc", EntryPoint = "mlockall", SetLastError = true)]
    public static extern int LockAllMemory(int flags);

    [DllImport("libc", EntryPoint = "getrlimit", SetLastError = true)]
    public static extern int GetResourceLimit(int resource, ulong* softThenHard);

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    public static extern int GetResourceUsage(int who, long* usage);

    [DllImport("libc", EntryPoint = "setpriority", SetLastError = true)]
    public static extern int SetPriority(int which, int id, int nice);

    [DllImport("libc", EntryPoint = "getpriority", SetLastError = true)]
    public static extern int GetPriority(int which, int id);

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
