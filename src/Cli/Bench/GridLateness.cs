using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>A grid loop whose body only notes how late it was.</summary>
internal static class GridLateness
{
    /// <summary>Makes the grid; its first tick is a period away.</summary>
    /// <param name="clock">The clock to sleep on.</param>
    /// <param name="periodNanoseconds">Period, ns.</param>
    public static GridTickSource Grid(IRigClock clock, long periodNanoseconds) => new(
        clock, periodNanoseconds, clock.NowNanoseconds + periodNanoseconds);

    /// <summary>Runs as many ticks as there is room for. Allocates nothing.</summary>
    /// <param name="source">The grid.</param>
    /// <param name="lateness">
    /// Receives the lateness of each wake, ns; a skipped tick counts as the latency it caused.
    /// </param>
    /// <returns>Grid points that were skipped.</returns>
    public static long Fill(GridTickSource source, Span<long> lateness)
    {
        for (int i = 0; i < lateness.Length; i++)
        {
            source.WaitNext(out Tick tick);
            lateness[i] = tick.WokeNanoseconds - tick.PlannedNanoseconds
                + tick.MissedCount * tick.PeriodNanoseconds;
        }

        return source.MissedTotal;
    }
}
