using System.Text.Json.Serialization;
using HdrHistogram;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Results;

/// <summary>Everything known of one run of one scenario; run.json is this object.</summary>
public sealed record RunResult
{
    /// <summary>Version of run.json's schema; grows when a field changes its meaning.</summary>
    public const int CurrentSchemaVersion = 1;

    /// <summary>Version of the schema this object was written with.</summary>
    public int SchemaVersion { get; init; } = CurrentSchemaVersion;

    /// <summary>Scenario file as it was asked for.</summary>
    public required string Scenario { get; init; }

    /// <summary>The scenario's own name.</summary>
    public required string Name { get; init; }

    /// <summary>What the scenario is for.</summary>
    public string? Description { get; init; }

    /// <summary>
    /// SHA-256 of the scenario file, lower-case hex; null when it could not be read.
    /// </summary>
    public string? ScenarioSha256 { get; init; }

    /// <summary>Rig or recording that was driven; null when none was reached.</summary>
    public string? Rig { get; init; }

    /// <summary>SHA-256 of the rig file or recording, lower-case hex.</summary>
    public string? RigSha256 { get; init; }

    /// <summary>The twin's model; null when the scenario ran without a twin.</summary>
    public string? TwinModel { get; init; }

    /// <summary>Outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Why the outcome is what it is, one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When the run began, UTC.</summary>
    public required DateTimeOffset StartedUtc { get; init; }

    /// <summary>How long it took, set-up and return included, s.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>Repeats asked for.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Seed of everything random in the run.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Planned instant to each hop, by <see cref="LatencyKeys"/>; every key is there.
    /// </summary>
    public required IReadOnlyDictionary<string, LatencyFigure> Latency { get; init; }

    /// <summary>
    /// What each hop takes by itself, from the end of the one before it; every key is there.
    /// </summary>
    public required IReadOnlyDictionary<string, LatencyFigure> Stages { get; init; }

    /// <summary>Divergence by "joint/NAME/position" and "joint/NAME/velocity".</summary>
    public required IReadOnlyDictionary<string, DivergenceFigure> Divergence { get; init; }

    /// <summary>Measured ticks that were skipped.</summary>
    public required long MissedTicks { get; init; }

    /// <summary>Each budget of the scenario against its measurement.</summary>
    public IReadOnlyList<BudgetResult> Budgets { get; init; } = [];

    /// <summary>Dated remarks.</summary>
    public IReadOnlyList<RunEvent> Events { get; init; } = [];

    /// <summary>Faults the scenario asked for, in its order.</summary>
    public IReadOnlyList<FaultReport> Faults { get; init; } = [];

    /// <summary>How the rig stopped; null when it did not stop by itself.</summary>
    public StopReport? Stop { get; init; }

    /// <summary>What passed between host and agent; null where there was no agent.</summary>
    public BridgeReport? Bridge { get; init; }

    /// <summary>What the loop counted; null when it never ran.</summary>
    public LoopReport? Loop { get; init; }

    /// <summary>What the run ran on; null when it never came that far.</summary>
    public EnvironmentReport? Environment { get; init; }

    /// <summary>Path of the recording; null when there is none.</summary>
    public string? Recording { get; init; }

    /// <summary>Path of the HTML report; null when there is none.</summary>
    public string? Report { get; init; }

    /// <summary>How a device that sets the pace was answered; null when the host does.</summary>
    public DeviceClockReport? DeviceClock { get; init; }

    /// <summary>How the loop ended; null when it never ran.</summary>
    [JsonIgnore]
    public LoopEnding? Ending { get; init; }

    /// <summary>Columns for plots; null when the loop never ran.</summary>
    [JsonIgnore]
    public RunTrace? Trace { get; init; }

    /// <summary>Latency samples in ns by <see cref="LatencyKeys"/>, for the .hlog file.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, LongHistogram> Histograms { get; init; } =
        new Dictionary<string, LongHistogram>();

    /// <summary>A run that never reached its loop: every latency key is there and empty.</summary>
    /// <param name="scenario">Scenario file as it was asked for.</param>
    /// <param name="verdict">Outcome.</param>
    /// <param name="reason">Why.</param>
    /// <param name="startedUtc">When it began.</param>
    /// <param name="joints">
    /// The plant's joints, when known: every signal is then there, empty.
    /// </param>
    public static RunResult WithoutLoop(
        string scenario,
        Verdict verdict,
        string reason,
        DateTimeOffset startedUtc,
        IReadOnlyList<JointBounds>? joints = null) => new()
        {
            Scenario = scenario,
            Name = Path.GetFileNameWithoutExtension(scenario),
            Verdict = verdict,
            Reason = reason,
            StartedUtc = startedUtc,
            Latency = LatencyKeys.All.ToDictionary(key => key, _ => LatencyFigure.Empty),
            Stages = LatencyKeys.All.ToDictionary(key => key, _ => LatencyFigure.Empty),
            Divergence = Unmeasured(joints ?? []),
            MissedTicks = 0,
        };

    private static Dictionary<string, DivergenceFigure> Unmeasured(
        IReadOnlyList<JointBounds> joints)
    {
        var figures = new Dictionary<string, DivergenceFigure>();
        foreach (JointBounds joint in joints)
        {
            figures[$"joint/{joint.Name}/position"] = new DivergenceFigure { Unit = joint.Unit };
            figures[$"joint/{joint.Name}/velocity"] =
                new DivergenceFigure { Unit = joint.Unit + "/s" };
        }

        return figures;
    }
}
