using System.Diagnostics;
using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>
/// CLOCK_MONOTONIC of Linux, shared by every process of the machine; sleeps to absolute instants
/// with clock_nanosleep(TIMER_ABSTIME), so that no drift builds up.
/// </summary>
public sealed unsafe class PosixClock : IRigClock
{
    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// Now, CLOCK_MONOTONIC ns. (Stopwatch reads that clock on Linux, by way of the vDSO.)
    /// </summary>
    public long NowNanoseconds => Stopwatch.GetTimestamp();

    /// <inheritdoc/>
    public void SleepUntil(long instantNanoseconds)
    {
        var request = new LinuxCalls.TimeSpecification
        {
            Seconds = (nint)(instantNanoseconds / NanosecondsPerSecond),
            Nanoseconds = (nint)(instantNanoseconds % NanosecondsPerSecond),
        };

        // A signal interrupts the sleep; the instant is absolute, so sleeping again is right.
        int error;
        do
        {
            error = LinuxCalls.ClockNanosleep(
                LinuxCalls.ClockMonotonic, LinuxCalls.TimerAbsolute, &request, null);
        }
        while (error == LinuxCalls.Interrupted);
    }
}
