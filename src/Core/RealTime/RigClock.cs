using HilRig.Core.Time;

namespace HilRig.Core.RealTime;

/// <summary>Picks the best clock of the machine.</summary>
public static class RigClock
{
    /// <summary>
    /// <see cref="PosixClock"/> on Linux, <see cref="StopwatchClock"/> elsewhere. Both count from
    /// the same instant in every process of the machine.
    /// </summary>
    public static IRigClock Create() =>
        OperatingSystem.IsLinux() ? new PosixClock() : new StopwatchClock();
}
