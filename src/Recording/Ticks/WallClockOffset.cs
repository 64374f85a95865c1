using HilRig.Core.Time;

namespace HilRig.Recording.Ticks;

/// <summary>What to add to a rig clock's instant to get Unix time.</summary>
/// <param name="OffsetNanoseconds">Unix time minus rig clock, ns.</param>
/// <param name="UncertaintyNanoseconds">The offset is right within plus or minus this, ns.</param>
public readonly record struct WallClockOffset(long OffsetNanoseconds, long UncertaintyNanoseconds)
{
    private const int TryCount = 16;
    private const int NanosecondsPerTick = 100;

    /// <summary>Reads both clocks several times and keeps the closest pair.</summary>
    /// <param name="clock">The rig clock.</param>
    public static WallClockOffset Measure(IRigClock clock)
    {
        var best = new WallClockOffset(0, long.MaxValue);
        for (int i = 0; i < TryCount; i++)
        {
            long before = clock.NowNanoseconds;
            long ticks = DateTimeOffset.UtcNow.Ticks - DateTimeOffset.UnixEpoch.Ticks;
            long gap = clock.NowNanoseconds - before;
            long uncertainty = (gap / 2) + NanosecondsPerTick;
            if (uncertainty < best.UncertaintyNanoseconds)
            {
                long offset = (ticks * NanosecondsPerTick) - (before + (gap / 2));
                best = new WallClockOffset(offset, uncertainty);
            }
        }

        return best;
    }

    /// <summary>Unix time of an instant of the rig clock, ns; 0 for one before 1970.</summary>
    /// <param name="instantNanoseconds">Instant of the rig clock.</param>
    public ulong ToUnixNanoseconds(long instantNanoseconds) =>
        (ulong)Math.Max(0, instantNanoseconds + OffsetNanoseconds);
}
