namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// The planned time in which goals may move, so that over any stretch of real time they go no
/// further than the joints may. Allocates nothing.
/// </summary>
/// <remarks>
/// Time that has not passed yet counts for a tenth of the deadman at most; a host that lagged
/// catches up a deadman at most. A host on another machine plans by a clock that is corrected now
/// and then, so one command may ask for a little more than has passed (a twentieth of the deadman);
/// what it takes is owed, and the sum of debts has the same bound.
/// </remarks>
/// <param name="deadmanNanoseconds">The rig's deadman.</param>
internal sealed class TravelTime(long deadmanNanoseconds)
{
    // A host wakes at the planned instant; on another clock, early by this part of a deadman.
    private const int PlannedAheadDivisor = 10;
    private const int DebtDivisor = 20;
    private long _spentUntil;

    /// <summary>Goals start from here.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public void Start(long nowNanoseconds) => _spentUntil = nowNanoseconds;

    /// <summary>Longest time that a command's movement may take.</summary>
    /// <param name="plannedNanoseconds">The instant it was planned for.</param>
    /// <param name="nowNanoseconds">Now.</param>
    public long Allowed(long plannedNanoseconds, long nowNanoseconds) => Math.Min(
        Counted(plannedNanoseconds, nowNanoseconds) - _spentUntil
            + (deadmanNanoseconds / DebtDivisor),
        deadmanNanoseconds);

    /// <summary>Takes the time of a command that was accepted.</summary>
    /// <param name="plannedNanoseconds">The instant it was planned for.</param>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="neededNanoseconds">Time its movement takes at the joints' velocity.</param>
    public void Spend(long plannedNanoseconds, long nowNanoseconds, long neededNanoseconds) =>
        _spentUntil = Math.Max(
            Counted(plannedNanoseconds, nowNanoseconds), _spentUntil + neededNanoseconds);

    private long Counted(long plannedNanoseconds, long nowNanoseconds) => Math.Min(
        plannedNanoseconds, nowNanoseconds + (deadmanNanoseconds / PlannedAheadDivisor));
}
