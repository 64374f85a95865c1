using System.Globalization;

namespace HilRig.Rig.Doctor;

/// <summary>What this process may ask of the scheduler and of memory.</summary>
/// <param name="MaySchedule">Whether SCHED_FIFO at 80 is allowed.</param>
/// <param name="MayLockAll">Whether all memory may be locked.</param>
/// <param name="PriorityLimit">RLIMIT_RTPRIO as the system prints it.</param>
/// <param name="LockLimit">RLIMIT_MEMLOCK, bytes, as the system prints it.</param>
public sealed record ProcessRights(
    bool MaySchedule, bool MayLockAll, string PriorityLimit, string LockLimit)
{
    private const int PriorityNeeded = 80;
    private const int LockCapabilityBit = 14;
    private const int NiceCapabilityBit = 23;
    private const string Unlimited = "unlimited";

    /// <summary>Reads them from /proc/self.</summary>
    /// <param name="files">The machine.</param>
    public static ProcessRights Read(MachineFiles files)
    {
        ArgumentNullException.ThrowIfNull(files);
        string limits = files.Text("/proc/self/limits") ?? "";
        string priority = SoftLimit(limits, "Max realtime priority");
        string locked = SoftLimit(limits, "Max locked memory");
        ulong capabilities = Capabilities(files.Text("/proc/self/status") ?? "");
        bool priorityIsEnough = priority == Unlimited
            || (int.TryParse(priority, out int limit) && limit >= PriorityNeeded);
        return new ProcessRights(
            priorityIsEnough || (capabilities >> NiceCapabilityBit & 1) != 0,
            locked == Unlimited || (capabilities >> LockCapabilityBit & 1) != 0,
            priority,
            locked);
    }

    private static string SoftLimit(string text, string name)
    {
        string? line = text.Split('\n')
            .FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line?[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault() ?? "unknown";
    }

    private static ulong Capabilities(string status)
    {
        const string Key = "CapEff:";
        string? line = status.Split('\n')
            .FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal));
        return ulong.TryParse(
            line?[Key.Length..].Trim(),
            NumberStyles.HexNumber,
            CultureInfo.InvariantCulture,
            out ulong bits) ? bits : 0;
    }
}
