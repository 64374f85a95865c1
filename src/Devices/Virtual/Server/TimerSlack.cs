using System.Runtime.InteropServices;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// Linux lets an ordinary thread's sleeps end up to 50 µs late to save wake-ups. A wire schedule of
/// 10 µs a byte cannot afford that; real-time threads have none.
/// </summary>
internal static class TimerSlack
{
    private const int SetTimerSlack = 29;

    /// <summary>Asks for exact timers on the calling thread. Does nothing elsewhere.</summary>
    internal static void Minimize()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = ProcessControl(SetTimerSlack, 1, 0, 0, 0);
        }
    }

    [DllImport("libc", EntryPoint = "prctl")]
    private static extern int ProcessControl(
        int option, nuint argument, nuint unused3, nuint unused4, nuint unused5);
}
