using HilRig.Core.Time;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// A clock that moves only when somebody sleeps on it; it may oversleep on purpose.
/// </summary>
internal sealed class FakeClock : IRigClock
{
    private long _now = 1_000_000_000;

    public Func<long, long> Oversleep { get; set; } = _ => 0;

    /// <summary>Lets a slower thread catch up before time goes on; allocates nothing.</summary>
    public Func<bool>? Ready { get; set; }

    public long NowNanoseconds => _now += 1000;

    /// <summary>The last reading; looking at it takes no time.</summary>
    public long LastNanoseconds => _now;

    public void SleepUntil(long instantNanoseconds)
    {
        while (Ready is { } ready && !ready())
        {
            Thread.Yield();
        }

        if (instantNanoseconds > _now)
        {
            _now = instantNanoseconds + Oversleep(instantNanoseconds);
        }
    }
}
