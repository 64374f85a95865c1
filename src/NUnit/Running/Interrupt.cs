using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HilRig.Testing.Running;

/// <summary>Asks one process to end as Ctrl-C does, so that it can bring its rig to rest.</summary>
internal static class Interrupt
{
    // Not SIGINT: a test host started in the background ignores it, and its children inherit that.
    private const int SigTerm = 15;

    /// <summary>
    /// Sends SIGTERM; elsewhere than on Unix, closes the program's standard input.
    /// </summary>
    /// <param name="process">The program; its standard input is redirected.</param>
    public static void Send(Process process)
    {
        // Only this process: its own children must live on to hold the rig.
        if (!OperatingSystem.IsWindows())
        {
            _ = Kill(process.Id, SigTerm);
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
