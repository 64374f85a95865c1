using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Harness.Faults;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Running;

/// <summary>
/// What a run of a scenario needs; whoever composes the rig gives it, and disposes of it.
/// </summary>
public sealed record RunParts
{
    /// <summary>The checked scenario.</summary>
    public required ScenarioPlan Plan { get; init; }

    /// <summary>The plant, not yet started.</summary>
    public required IPlant Plant { get; init; }

    /// <summary>The twin, not yet started; null for none.</summary>
    public required IPlant? Twin { get; init; }

    /// <summary>Takes the ticks; the run does not dispose it.</summary>
    public required ITelemetrySink Sink { get; init; }

    /// <summary>
    /// The clock of all stamps. <see cref="RigClock.Create"/>, or a fake one in tests.
    /// </summary>
    public required IRigClock Clock { get; init; }

    /// <summary>What the loop's thread asks of the machine; null asks for nothing.</summary>
    public RealTimeOptions? RealTime { get; init; }

    /// <summary>The rig's name, or the recording's.</summary>
    public required string RigName { get; init; }

    /// <summary>SHA-256 of the rig file or recording, lower-case hex.</summary>
    public string? RigSha256 { get; init; }

    /// <summary>The twin's model as reports show it.</summary>
    public string? TwinModel { get; init; }

    /// <summary>
    /// Asked when the plant has stopped: why, one sentence; null when it does not know.
    /// </summary>
    public Func<string?>? Diagnose { get; init; }

    /// <summary>
    /// Asked when the plant has stopped: why, by whom, whether it is safe; null when it does not
    /// know.
    /// </summary>
    public Func<StopReport?>? ObserveStop { get; init; }

    /// <summary>
    /// Faults of the run, when others bring some of them about; null: the run makes its own.
    /// </summary>
    public FaultSchedule? Faults { get; init; }
}
