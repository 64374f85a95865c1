using System.Globalization;

namespace HilRig.Core.RealTime;

/// <summary>
/// When a process was started, counted from the boot: with its id, it names a process for good,
/// while an id alone is given out again.
/// </summary>
public static class ProcessStart
{
    // Field 22 of /proc/PID/stat (man 5 proc), counted from the state, which follows the name.
    private const int StartField = 22 - 3;

    /// <summary>Start of a process in clock ticks since boot; 0 where that is unknown.</summary>
    /// <param name="processId">Id of the process.</param>
    public static long TicksOf(long processId)
    {
        if (!OperatingSystem.IsLinux())
        {
            return 0;
        }

        try
        {
            return Parse(File.ReadAllText(
                string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/stat")));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    // The name stands in parentheses and may hold spaces and parentheses itself.
    internal static long Parse(string stat)
    {
        int nameEnd = stat.LastIndexOf(')');
        if (nameEnd < 0 || nameEnd + 2 > stat.Length)
        {
            return 0;
        }

        string[] fields = stat[(nameEnd + 2)..].Split(' ');
        return fields.Length > StartField
            && long.TryParse(fields[StartField], CultureInfo.InvariantCulture, out long ticks)
                ? ticks
                : 0;
    }
}
