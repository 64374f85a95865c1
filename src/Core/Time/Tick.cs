namespace HilRig.Core.Time;

/// <summary>One turn of the control loop.</summary>
/// <param name="Index">0 for the first; a missed tick still takes its number.</param>
/// <param name="PlannedNanoseconds">
/// When it was due, CLOCK_MONOTONIC ns: the grid point of a host-clocked plant, the predicted
/// arrival of a device-clocked one.
/// </param>
/// <param name="WokeNanoseconds">When the loop woke for it, CLOCK_MONOTONIC ns.</param>
/// <param name="PeriodNanoseconds">Time until the next tick is due.</param>
/// <param name="MissedCount">Ticks skipped (or packets lost) just before this one.</param>
public readonly record struct Tick(
    long Index,
    long PlannedNanoseconds,
    long WokeNanoseconds,
    long PeriodNanoseconds,
    int MissedCount);
