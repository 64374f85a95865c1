using HilRig.Core.Time;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Faults;

/// <summary>What the faults inside a loop need to know of it.</summary>
/// <param name="Schedule">The faults.</param>
/// <param name="DofCount">Number of joints.</param>
/// <param name="PeriodNanoseconds">Time from tick to tick, ns.</param>
/// <param name="Clock">The clock of all stamps.</param>
internal sealed record FaultContext(
    FaultSchedule Schedule, int DofCount, long PeriodNanoseconds, IRigClock Clock)
{
    /// <summary>Position, velocity, effort.</summary>
    internal const int ChannelsMax = 3;

    /// <summary>Seed of everything random.</summary>
    internal ulong Seed => Schedule.Seed;

    /// <summary>The context of a scenario's run.</summary>
    internal static FaultContext Of(ScenarioPlan plan, FaultSchedule schedule, IRigClock clock) =>
        new(schedule, plan.Setting.Joints.Count, plan.PeriodNanoseconds, clock);
}
