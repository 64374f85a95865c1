using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HilRig.Core.Time;

/// <summary>
/// Processor time of the calling thread; wall time where the platform has no such clock.
/// </summary>
public static class ThreadCpuClock
{
    private const int LinuxThreadCpu = 3;
    private const int MacThreadCpu = 16;

    /// <summary>Whether it is processor time.</summary>
    public static bool IsCpuTime => OperatingSystem.IsLinux() || OperatingSystem.IsMacOS();

    /// <summary>The time now, s.</summary>
    public static double Seconds()
    {
        int clock = OperatingSystem.IsLinux() ? LinuxThreadCpu : MacThreadCpu;
        return IsCpuTime && ReadClock(clock, out TimeSpec time) == 0
            ? time.Seconds + (1e-9 * time.Nanoseconds)
            : Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ReadClock(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeSpec
    {
        public readonly nint Seconds;
        public readonly nint Nanoseconds;
    }
}
