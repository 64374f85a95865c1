using System.Globalization;

namespace HilRig.Core.RealTime;

/// <summary>
/// Gives every thread of this process more weight against ordinary programs (nice −15). For the
/// threads beside a real-time loop, such as those of its sockets: they must not be SCHED_FIFO, for
/// the collector would be too, but a busy desktop must not starve them either.
/// </summary>
public static class ProcessWeight
{
    private const int Niceness = -15;
    private const int OfOneThread = 0;

    /// <summary>Raises the weight of every thread there is; new ones inherit it.</summary>
    /// <returns>Whether it was granted; false without permission (CAP_SYS_NICE) or off Linux.</returns>
    public static bool Raise()
    {
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }

        bool isGranted = true;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            int thread = int.Parse(Path.GetFileName(task), CultureInfo.InvariantCulture);
            isGranted &= LinuxCalls.SetNiceness(OfOneThread, thread, Niceness) == 0;
        }

        return isGranted;
    }
}
