using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Core.Tests.RealTime;

internal sealed class GridTickSourceTests
{
    private const long Period = 1_000_000;
    private const long Start = 5_000_000;

    [Test]
    public void Ticks_are_planned_on_the_grid_however_late_each_wake_is()
    {
        var clock = new LateClock(lateNanoseconds: 137_000);
        var source = new GridTickSource(clock, Period, Start);
        for (int i = 0; i < 100; i++)
        {
            Assert.That(source.WaitNext(out Tick tick), Is.EqualTo(TickStatus.Due));
            Assert.That(tick, Is.EqualTo(new Tick(
                i, Start + i * Period, Start + i * Period + 137_000, Period, 0)));
        }

        Assert.That(source.MissedTotal, Is.Zero);
    }

    [Test]
    public void A_late_wake_skips_whole_periods_and_says_how_many()
    {
        var clock = new LateClock(lateNanoseconds: 0);
        var source = new GridTickSource(clock, Period, Start);
        source.WaitNext(out _);
        clock.NowNanoseconds = Start + 4 * Period + 1;
        source.WaitNext(out Tick late);
        source.WaitNext(out Tick next);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(late, Is.EqualTo(new Tick(
                4, Start + 4 * Period, Start + 4 * Period + 1, Period, 3)));
            Assert.That(next.Index, Is.EqualTo(5));
            Assert.That(next.MissedCount, Is.Zero);
            Assert.That(next.PlannedNanoseconds, Is.EqualTo(Start + 5 * Period));
            Assert.That(source.MissedTotal, Is.EqualTo(3));
        }
    }

    [Test]
    public void A_wake_one_nanosecond_before_the_next_grid_point_skips_nothing()
    {
        var clock = new LateClock(lateNanoseconds: Period - 1);
        var source = new GridTickSource(clock, Period, Start);
        source.WaitNext(out Tick tick);
        Assert.That(tick.MissedCount, Is.Zero);
    }

    [Test]
    public void Indexes_and_missed_counts_together_number_every_grid_point()
    {
        var random = new Random(7);
        var clock = new LateClock(lateNanoseconds: 0);
        var source = new GridTickSource(clock, Period, Start, tickCount: 1000);
        long expectedNext = 0;
        while (source.WaitNext(out Tick tick) == TickStatus.Due)
        {
            Assert.That(tick.Index, Is.EqualTo(expectedNext + tick.MissedCount));
            Assert.That(tick.WokeNanoseconds - tick.PlannedNanoseconds, Is.GreaterThanOrEqualTo(0));
            expectedNext = tick.Index + 1;
            clock.NowNanoseconds += random.NextInt64(3 * Period);
        }

        Assert.That(expectedNext, Is.EqualTo(1000), "the last grid point is never skipped");
    }

    [Test]
    public void A_bounded_grid_ends()
    {
        var source = new GridTickSource(new LateClock(0), Period, Start, tickCount: 2);
        Assert.That(source.WaitNext(out _), Is.EqualTo(TickStatus.Due));
        Assert.That(source.WaitNext(out _), Is.EqualTo(TickStatus.Due));
        Assert.That(source.WaitNext(out _), Is.EqualTo(TickStatus.Ended));
    }

    [Test]
    [CancelAfter(10_000)]
    public void On_the_real_clock_no_tick_comes_early_and_none_allocates()
    {
        IRigClock clock = RigClock.Create();
        var source = new GridTickSource(clock, Period, clock.NowNanoseconds + Period);
        (long Earliest, long Allocated) result = default;

        // The first round also compiles what the second one measures.
        for (int round = 0; round < 2; round++)
        {
            result = Measure(source);
        }

        Assert.That(result.Earliest, Is.GreaterThanOrEqualTo(0));
        Assert.That(result.Allocated, Is.Zero);
    }

    private static (long Earliest, long Allocated) Measure(GridTickSource source)
    {
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        long earliest = long.MaxValue;
        for (int i = 0; i < 100; i++)
        {
            source.WaitNext(out Tick tick);
            earliest = Math.Min(earliest, tick.WokeNanoseconds - tick.PlannedNanoseconds);
        }

        return (earliest, GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
    }

    private sealed class LateClock(long lateNanoseconds) : IRigClock
    {
        public long NowNanoseconds { get; set; }

        public void SleepUntil(long instantNanoseconds) => NowNanoseconds = Math.Max(
            NowNanoseconds, instantNanoseconds + lateNanoseconds);
    }
}
