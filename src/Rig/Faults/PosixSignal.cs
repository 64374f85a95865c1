using System.Runtime.InteropServices;
using HilRig.Core.RealTime;

namespace HilRig.Rig.Faults;

/// <summary>Signals to one process (kill(2)).</summary>
internal static partial class PosixSignal
{
    internal const int Kill = 9;
    internal const int Continue = 18;
    internal const int Stop = 19;

    /// <summary>Sends a signal, if the process is still the one that was meant.</summary>
    /// <returns>Whether it was delivered.</returns>
    internal static bool TrySend(int processId, long startTicks, int signal) =>
        startTicks != 0
        && ProcessStart.TicksOf(processId) == startTicks
        && Send(processId, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
