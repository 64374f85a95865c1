using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Faults;

/// <summary>
/// The faults of one run. Times count from the first measured tick, which the loop sets; whoever
/// brings a fault about stamps its begin and end; any thread may read.
/// </summary>
public sealed class FaultSchedule
{
    private long _origin;

    private FaultSchedule(
        IReadOnlyList<ScenarioFault> faults, IReadOnlyList<JointBounds> joints, ulong seed)
    {
        Seed = seed;
        Occurrences = [.. faults.Select((fault, index) => new FaultOccurrence(
            this, fault, index, FaultRules.JointsOf(fault, joints)))];
    }

    /// <summary>Seed of everything random in them.</summary>
    public ulong Seed { get; }

    /// <summary>The faults, in the order of the scenario.</summary>
    public IReadOnlyList<FaultOccurrence> Occurrences { get; }

    /// <summary>
    /// When the first measured phase began, CLOCK_MONOTONIC ns; 0 while it has not.
    /// </summary>
    public long OriginNanoseconds => Volatile.Read(ref _origin);

    /// <summary>The faults of a scenario; none has begun.</summary>
    /// <param name="plan">The scenario, held against its rig.</param>
    public static FaultSchedule Of(ScenarioPlan plan) => new(
        plan.Scenario.Faults, plan.Setting.Joints, plan.Scenario.Seed);

    /// <summary>Faults of one layer.</summary>
    /// <param name="layer">The layer.</param>
    public IReadOnlyList<FaultOccurrence> Of(FaultLayer layer) =>
        [.. Occurrences.Where(one => one.Fault.Rule.Layer == layer)];

    /// <summary>Faults that the emulator brings about, whatever their layer.</summary>
    public IReadOnlyList<FaultOccurrence> OfEmulator() =>
        [.. Occurrences.Where(one => PanelRules.IsOfEmulator(one.Fault))];

    /// <summary>Faults of what commands the joints.</summary>
    internal IReadOnlyList<FaultOccurrence> OfController() =>
        [.. Of(FaultLayer.Operator).Where(one => !PanelRules.IsOfEmulator(one.Fault))];

    /// <summary>What run.json says of them.</summary>
    public IReadOnlyList<FaultReport> Report() => [.. Occurrences.Select(one => one.Report())];

    /// <summary>
    /// All faults at once and only for a moment, so that their code is compiled before the run.
    /// </summary>
    internal static FaultSchedule ForWarmUp(ScenarioPlan plan, double seconds) => new(
        [.. plan.Scenario.Faults.Select(fault =>
            fault with { AtSeconds = 0, ForSeconds = seconds })],
        plan.Setting.Joints,
        plan.Scenario.Seed);

    /// <summary>Sets the origin, once. Allocates nothing.</summary>
    internal void Begin(long originNanoseconds)
    {
        if (_origin == 0)
        {
            Volatile.Write(ref _origin, originNanoseconds);
        }
    }
}
