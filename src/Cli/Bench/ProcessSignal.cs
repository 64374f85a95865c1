using System.Runtime.InteropServices;

namespace HilRig.Cli.Bench;

/// <summary>kill(2), for the processes of a bench.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends a signal.</summary>
    /// <param name="processId">To whom.</param>
    /// <param name="signal">Which.</param>
    public static void Send(int processId, int signal) => _ = KillProcess(processId, signal);

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int KillProcess(int processId, int signal);
}
