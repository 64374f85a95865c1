using System.Globalization;
using System.Runtime.InteropServices;

namespace HilRig.Rig.Tests.Processes;

/// <summary>Finds and signals the children of a `hilrig run`, through /proc.</summary>
internal static class ChildProcesses
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary>
    /// Whether this process, and so every child of it, ignores SIGINT: a shell's background job.
    /// </summary>
    public static bool IgnoreInterrupts()
    {
        string line = File.ReadLines("/proc/self/status")
            .First(text => text.StartsWith("SigIgn:", StringComparison.Ordinal));
        ulong ignored = ulong.Parse(
            line["SigIgn:".Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (ignored & (1UL << (SigInt - 1))) != 0;
    }

    /// <summary>
    /// Process id of the child with a role, such as "agent"; waits until it is there.
    /// </summary>
    public static int Await(int parent, string role, TimeSpan timeout)
    {
        int found = 0;
        Assert.That(
            SpinWait.SpinUntil(() => (found = Find(parent, role)) != 0, timeout),
            Is.True,
            $"no '{role}' process under {parent}");
        return found;
    }

    /// <summary>Whether a process lives and is not a zombie.</summary>
    public static bool IsAlive(int pid)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{pid}/stat");
            return status[(status.LastIndexOf(')') + 2)..][0] != 'Z';
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public static void AwaitEnd(int pid, TimeSpan timeout) => Assert.That(
        SpinWait.SpinUntil(() => !IsAlive(pid), timeout), Is.True, $"process {pid} still lives");

    public static void Signal(int pid, int signal) =>
        Assert.That(Kill(pid, signal), Is.Zero, $"process {pid} cannot be signalled");

    private static int Find(int parent, string role)
    {
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int pid)
                && IsChild(pid, parent) && Role(pid) == role)
            {
                return pid;
            }
        }

        return 0;
    }

    private static bool IsChild(int pid, int parent)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{pid}/stat");
            string[] fields = status[(status.LastIndexOf(')') + 2)..].Split(' ');
            return fields[1] == parent.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Role(int pid)
    {
        try
        {
            string[] words = File.ReadAllText($"/proc/{pid}/cmdline").Split('\0');
            return words.Length > 1 ? words[1] : "";
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int pid, int signal);
}
