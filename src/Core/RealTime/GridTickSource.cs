using HilRig.Core.Errors;
using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>
/// Ticks on an absolute time grid: tick i is due at start + i · period. A late wake skips whole
/// periods, which the tick reports; the planned instant always stays on the grid, so lateness is
/// measured from it (no coordinated omission).
/// </summary>
public sealed class GridTickSource : ITickSource
{
    private readonly IRigClock _clock;
    private readonly long _periodNanoseconds;
    private readonly long _startNanoseconds;
    private readonly long _tickCount;
    private long _nextIndex;

    /// <summary>Makes a grid.</summary>
    /// <param name="clock">The clock to sleep on.</param>
    /// <param name="periodNanoseconds">Time between ticks, ns; at least 1.</param>
    /// <param name="startNanoseconds">When tick 0 is due, in the clock's ns.</param>
    /// <param name="tickCount">
    /// Grid points there are; after the last one the source has ended.
    /// </param>
    public GridTickSource(
        IRigClock clock,
        long periodNanoseconds,
        long startNanoseconds,
        long tickCount = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(clock);
        Invariant.Require(periodNanoseconds > 0, "the period of a tick grid is positive");
        _clock = clock;
        _periodNanoseconds = periodNanoseconds;
        _startNanoseconds = startNanoseconds;
        _tickCount = tickCount;
    }

    /// <summary>Grid points skipped so far.</summary>
    public long MissedTotal { get; private set; }

    /// <inheritdoc/>
    public TickStatus WaitNext(out Tick tick)
    {
        if (_nextIndex >= _tickCount)
        {
            tick = default;
            return TickStatus.Ended;
        }

        long index = _nextIndex;
        long planned = _startNanoseconds + index * _periodNanoseconds;
        _clock.SleepUntil(planned);
        long woke = _clock.NowNanoseconds;

        // The newest grid point that has passed is the one to act on; those before it are lost. The
        // last point of the grid is never skipped: no run ends without its last tick.
        long behind = woke > planned ? (woke - planned) / _periodNanoseconds : 0;
        long missed = Math.Min(Math.Min(behind, _tickCount - 1 - index), int.MaxValue);
        index += missed;
        planned += missed * _periodNanoseconds;
        MissedTotal += missed;
        _nextIndex = index + 1;
        tick = new Tick(index, planned, woke, _periodNanoseconds, (int)missed);
        return TickStatus.Due;
    }
}
