using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>
/// Sleeps until shortly before an instant and spins for the rest: wakes within a microsecond, at
/// the price of a processor that is busy for that part of every period. Only on a processor of its
/// own; as SCHED_FIFO it starves everything else there.
/// </summary>
public sealed class SpinningClock : IRigClock
{
    private readonly IRigClock _clock;
    private readonly long _spinNanoseconds;

    /// <summary>Makes a clock.</summary>
    /// <param name="clock">The clock to sleep on and to read.</param>
    /// <param name="spinNanoseconds">How long before the instant to stop sleeping, ns.</param>
    public SpinningClock(IRigClock clock, long spinNanoseconds)
    {
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfNegative(spinNanoseconds);
        _clock = clock;
        _spinNanoseconds = spinNanoseconds;
    }

    /// <inheritdoc/>
    public long NowNanoseconds => _clock.NowNanoseconds;

    /// <inheritdoc/>
    public void SleepUntil(long instantNanoseconds)
    {
        long spinFrom = instantNanoseconds - _spinNanoseconds;
        if (spinFrom > _clock.NowNanoseconds)
        {
            _clock.SleepUntil(spinFrom);
        }

        while (_clock.NowNanoseconds < instantNanoseconds)
        {
            // Reading the clock is the pause.
        }
    }
}
