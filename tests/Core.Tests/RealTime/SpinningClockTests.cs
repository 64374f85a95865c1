using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Core.Tests.RealTime;

internal sealed class SpinningClockTests
{
    [Test]
    [CancelAfter(10_000)]
    public void It_sleeps_until_the_margin_and_spins_the_rest()
    {
        var clock = new SteppingClock();
        new SpinningClock(clock, spinNanoseconds: 100).SleepUntil(1_000);
        Assert.That(clock.SleptUntil, Is.EqualTo(new[] { 900L }));
        Assert.That(clock.NowNanoseconds, Is.GreaterThanOrEqualTo(1_000));
    }

    [Test]
    [CancelAfter(10_000)]
    public void Within_the_margin_it_does_not_sleep_at_all()
    {
        var clock = new SteppingClock();
        new SpinningClock(clock, spinNanoseconds: 5_000).SleepUntil(1_000);
        Assert.That(clock.SleptUntil, Is.Empty);
    }

    /// <summary>Each look at it takes 7 ns.</summary>
    private sealed class SteppingClock : IRigClock
    {
        private long _now;

        public List<long> SleptUntil { get; } = [];

        public long NowNanoseconds => _now += 7;

        public void SleepUntil(long instantNanoseconds)
        {
            SleptUntil.Add(instantNanoseconds);
            _now = instantNanoseconds;
        }
    }
}
