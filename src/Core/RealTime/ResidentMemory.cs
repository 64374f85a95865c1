using System.Globalization;

namespace HilRig.Core.RealTime;

/// <summary>Memory of this process.</summary>
/// <param name="ResidentBytes">Pages in physical memory (VmRSS), bytes.</param>
/// <param name="PeakResidentBytes">Highest value of that so far (VmHWM), bytes.</param>
/// <param name="LockedBytes">Address space under mlock (VmLck), bytes; -1 where unknown.</param>
public readonly record struct ResidentMemory(
    long ResidentBytes, long PeakResidentBytes, long LockedBytes)
{
    private const string StatusPath = "/proc/self/status";
    private const int BytesPerKibibyte = 1024;

    /// <summary>
    /// Reads the figures now: /proc/self/status on Linux, the working set elsewhere. Allocates.
    /// </summary>
    public static ResidentMemory Read()
    {
        if (!File.Exists(StatusPath))
        {
            return new ResidentMemory(Environment.WorkingSet, Environment.WorkingSet, -1);
        }

        string[] lines = File.ReadAllLines(StatusPath);
        return new ResidentMemory(
            Find(lines, "VmRSS:"), Find(lines, "VmHWM:"), Find(lines, "VmLck:"));
    }

    private static long Find(string[] lines, string key)
    {
        foreach (string line in lines)
        {
            if (line.StartsWith(key, StringComparison.Ordinal))
            {
                ReadOnlySpan<char> value = line.AsSpan(key.Length).Trim();
                value = value[..value.IndexOf(' ')];
                return long.Parse(value, CultureInfo.InvariantCulture) * BytesPerKibibyte;
            }
        }

        return -1;
    }
}
