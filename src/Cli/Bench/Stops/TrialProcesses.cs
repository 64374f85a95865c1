using System.Globalization;
using System.Runtime.InteropServices;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Bench.Stops;

/// <summary>
/// The processes of one `hilrig run`, found through /proc. Each is known by its start too, so that
/// a later process with the same id is never touched.
/// </summary>
internal sealed class TrialProcesses
{
    /// <summary>Signal that ends a process.</summary>
    public const int Kill = 9;

    /// <summary>Signal that stops a process.</summary>
    public const int Freeze = 19;

    private readonly Dictionary<string, (int Id, long Start)> _byRole = [];

    /// <summary>Notes the host and its children.</summary>
    /// <param name="host">Process id of the host.</param>
    public TrialProcesses(int host)
    {
        _byRole["host"] = (host, ProcessStart.TicksOf(host));
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out int id)
                && ParentOf(id) == host)
            {
                string[] words = CommandLineOf(id);
                _byRole[words.Length > 1 ? words[1] : "?"] = (id, ProcessStart.TicksOf(id));
            }
        }
    }

    /// <summary>Processes that still live; a zombie does not.</summary>
    public IReadOnlyList<string> Living => [.. _byRole.Keys.Where(IsAlive)];

    /// <summary>Whether a role is there.</summary>
    public bool Has(string role) => _byRole.ContainsKey(role);

    /// <summary>Signals a process.</summary>
    /// <param name="role">"host", "agent", "guardian" or "emulate".</param>
    /// <param name="signal">Which signal.</param>
    public void Signal(string role, int signal)
    {
        if (IsAlive(role))
        {
            _ = SendSignal(_byRole[role].Id, signal);
        }
    }

    /// <summary>Words of a role's command line.</summary>
    public string[] CommandLineOf(string role) => CommandLineOf(_byRole[role].Id);

    private bool IsAlive(string role)
    {
        (int id, long start) = _byRole[role];
        return ProcessStart.TicksOf(id) == start && StatusOf(id) is { } fields && fields[0] != "Z";
    }

    private static int ParentOf(int id) => StatusOf(id) is { } fields
        ? int.Parse(fields[1], CultureInfo.InvariantCulture)
        : 0;

    // What follows the name: state, parent….
    private static string[]? StatusOf(int id)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{id}/stat");
            return status[(status.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string[] CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int id, int signal);
}
