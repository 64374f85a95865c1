using System.Globalization;

namespace HilRig.Core.RealTime;

/// <summary>Whether this process may lock all of its memory, whatever it maps later.</summary>
internal static unsafe class MemoryLockPermission
{
    private const string EffectiveCapabilities = "CapEff:";
    private const int LockCapabilityBit = 14;

    /// <summary>
    /// True with CAP_IPC_LOCK (man 7 capabilities) or an infinite RLIMIT_MEMLOCK.
    /// </summary>
    /// <param name="reason">Why not.</param>
    public static bool IsUnlimited(out string reason)
    {
        reason = string.Empty;
        foreach (string line in File.ReadLines("/proc/self/status"))
        {
            if (line.StartsWith(EffectiveCapabilities, StringComparison.Ordinal))
            {
                ulong bits = ulong.Parse(
                    line.AsSpan(EffectiveCapabilities.Length).Trim(),
                    NumberStyles.HexNumber,
                    CultureInfo.InvariantCulture);
                if ((bits >> LockCapabilityBit & 1) != 0)
                {
                    return true;
                }
            }
        }

        ulong* limits = stackalloc ulong[2];
        if (LinuxCalls.GetResourceLimit(LinuxCalls.ResourceLockedMemory, limits) == 0
            && limits[0] == ulong.MaxValue)
        {
            return true;
        }

        reason = string.Create(
            CultureInfo.InvariantCulture,
            $"the limit of locked memory is {limits[0] / 1024} KiB");
        return false;
    }
}
