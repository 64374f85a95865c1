using System.Globalization;

namespace HilRig.Devices.Transports.Posix;

/// <summary>Finds out who has a port open, from /proc. Set-up only; slow.</summary>
internal static class PortHolder
{
    /// <summary>
    /// The process that has locked the port, else every process that has it open.
    /// </summary>
    public static string Describe(string path)
    {
        string target = File.Exists(path)
            ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName
                ?? Path.GetFullPath(path)
            : path;
        var openers = new List<string>();
        var lockers = new List<string>();
        foreach (string process in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out int id))
            {
                string text = $"process {id} ({NameOf(process)})";
                AddHolder(process, target, text, openers, lockers);
            }
        }

        List<string> holders = lockers.Count > 0 ? lockers : openers;
        return holders.Count == 0
            ? "another program (of another user: nothing in /proc names it)"
            : string.Join(", ", holders);
    }

    private static void AddHolder(
        string process, string target, string text, List<string> openers, List<string> lockers)
    {
        try
        {
            foreach (string descriptor in Directory.GetFiles(Path.Combine(process, "fd")))
            {
                if (new FileInfo(descriptor).LinkTarget != target)
                {
                    continue;
                }

                openers.Add(text);
                string details = Path.Combine(process, "fdinfo", Path.GetFileName(descriptor));
                if (File.ReadAllText(details).Contains("FLOCK", StringComparison.Ordinal))
                {
                    lockers.Add(text);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile, or belongs to another user: it cannot be named.
            return;
        }
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm")).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "ended";
        }
    }
}
