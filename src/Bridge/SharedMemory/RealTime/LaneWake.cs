using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>
/// Wakes waiting threads of any process: a counter, and a mask of who waits, so that nobody who
/// does not wait costs a system call. Where there is no futex, waiting looks every 100 µs.
/// </summary>
/// <remarks>
/// Who waits: <see cref="Prepare"/>, look once more for what it waits for, <see cref="Wait"/>,
/// <see cref="Done"/>. A peer that dies in between leaves its bit behind: a few system calls, no
/// lost wake-up. A word that somebody overwrites makes a wait end early or at its deadline.
/// </remarks>
/// <param name="line">The two words, on a cache line of their own.</param>
internal readonly unsafe struct LaneWake(long* line)
{
    private const long LookNanoseconds = 100_000;
    private static readonly IRigClock Clock = RigClock.Create();

    private readonly long* _line = line;

    /// <summary>Wakes whoever waits; comes after the change it tells of.</summary>
    public void Wake()
    {
        Interlocked.Increment(ref *(int*)_line);
        if (Volatile.Read(ref _line[1]) != 0 && Futex.IsSupported)
        {
            Futex.WakeAll((uint*)_line);
        }
    }

    /// <summary>Says that a thread is about to wait.</summary>
    /// <param name="bit">Its own bit.</param>
    /// <returns>What to pass to <see cref="Wait"/>.</returns>
    public uint Prepare(long bit)
    {
        Interlocked.Or(ref _line[1], bit);
        return Volatile.Read(ref *(uint*)_line);
    }

    /// <summary>Waits for a wake-up after <see cref="Prepare"/>; may return early.</summary>
    /// <param name="seen">What it returned.</param>
    /// <param name="untilNanoseconds">When to give up, CLOCK_MONOTONIC ns.</param>
    public void Wait(uint seen, long untilNanoseconds)
    {
        if (Futex.IsSupported)
        {
            Futex.Wait((uint*)_line, seen, untilNanoseconds);
        }
        else if (Volatile.Read(ref *(uint*)_line) == seen)
        {
            Clock.SleepUntil(
                Math.Min(untilNanoseconds, Clock.NowNanoseconds + LookNanoseconds));
        }
    }

    /// <summary>Says that it waits no more.</summary>
    /// <param name="bit">Its own bit.</param>
    public void Done(long bit) => Interlocked.And(ref _line[1], ~bit);
}
