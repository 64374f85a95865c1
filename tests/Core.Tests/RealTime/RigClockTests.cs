using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Core.Tests.RealTime;

internal sealed class RigClockTests
{
    private static IEnumerable<IRigClock> Clocks()
    {
        yield return new StopwatchClock();
        if (OperatingSystem.IsLinux())
        {
            yield return new PosixClock();
        }
    }

    [TestCaseSource(nameof(Clocks))]
    [CancelAfter(10_000)]
    public void Sleep_ends_after_the_instant(IRigClock clock)
    {
        long instant = clock.NowNanoseconds + 3_000_000;
        clock.SleepUntil(instant);
        Assert.That(clock.NowNanoseconds, Is.GreaterThanOrEqualTo(instant));
        (clock as IDisposable)?.Dispose();
    }

    [TestCaseSource(nameof(Clocks))]
    [CancelAfter(10_000)]
    public void A_sleep_to_the_past_returns_and_the_clock_never_goes_back(IRigClock clock)
    {
        long last = clock.NowNanoseconds;
        for (int i = 0; i < 1000; i++)
        {
            clock.SleepUntil(last - 1);
            long now = clock.NowNanoseconds;
            Assert.That(now, Is.GreaterThanOrEqualTo(last));
            last = now;
        }

        (clock as IDisposable)?.Dispose();
    }

    [Test]
    [Platform("Linux")]
    public void Both_clocks_count_from_the_same_instant()
    {
        using var portable = new StopwatchClock();
        var posix = new PosixClock();
        long before = posix.NowNanoseconds;
        long between = portable.NowNanoseconds;
        Assert.That(between, Is.InRange(before, posix.NowNanoseconds));
    }
}
