using System.Runtime.InteropServices;

namespace HilRig.Cli.Bench;

/// <summary>
/// clock_nanosleep and clock_gettime with nothing around them: the control beside the grid loop, so
/// that a bad figure can be told from a busy machine. Shares no code with what it controls.
/// </summary>
internal static unsafe class BareSleep
{
    private const int Monotonic = 1;
    private const int Absolute = 1;
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Sleeps until each point of a grid and notes how late each wake was.</summary>
    /// <param name="periodNanoseconds">Period of the grid, ns.</param>
    /// <param name="lateness">Receives the lateness of each wake, ns.</param>
    public static void Run(long periodNanoseconds, Span<long> lateness)
    {
        long planned = Now() + periodNanoseconds;
        for (int i = 0; i < lateness.Length; i++)
        {
            var request = new TimeSpecification
            {
                Seconds = (nint)(planned / NanosecondsPerSecond),
                Nanoseconds = (nint)(planned % NanosecondsPerSecond),
            };
            _ = ClockNanosleep(Monotonic, Absolute, &request, null);
            long now = Now();
            lateness[i] = now - planned;
            planned += Math.Max(1, (now - planned) / periodNanoseconds + 1) * periodNanoseconds;
        }
    }

    private static long Now()
    {
        TimeSpecification now;
        _ = ClockGetTime(Monotonic, &now);
        return now.Seconds * NanosecondsPerSecond + now.Nanoseconds;
    }

    [DllImport("libc", EntryPoint = "clock_nanosleep")]
    private static extern int ClockNanosleep(
        int clock, int flags, TimeSpecification* request, TimeSpecification* remain);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    private static extern int ClockGetTime(int clock, TimeSpecification* now);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
