using HilRig.Harness.Faults;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Rig.Running;

/// <summary>A scenario that has been checked whole and can be run; nothing has moved yet.</summary>
internal sealed record PreparedRun
{
    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>
    /// The scenario held against its rig; null when there is a <see cref="SkipReason"/>.
    /// </summary>
    public required ScenarioPlan? Plan { get; init; }

    /// <summary>The plant's joints, in [dof] order.</summary>
    public required IReadOnlyList<JointBounds> Joints { get; init; }

    /// <summary>Rig or recording, as reports name it.</summary>
    public required string RigName { get; init; }

    /// <summary>Hash of the rig file or recording, lower-case hex.</summary>
    public required string RigSha256 { get; init; }

    /// <summary>The rig file, word for word; empty for a recording.</summary>
    public string RigText { get; init; } = "";

    /// <summary>The twin's model as reports show it; null without a twin.</summary>
    public string? TwinModel { get; init; }

    /// <summary>
    /// Opens the plants; takes the folder for the logs of their processes, and the faults that are
    /// brought about there.
    /// </summary>
    public required Func<string, FaultSchedule, PlantSet> Open { get; init; }

    /// <summary>
    /// Why it cannot run though nothing is wrong with it (recordings absent); null when it can.
    /// </summary>
    public string? SkipReason { get; init; }

    /// <summary>The result of a run that never reached its loop.</summary>
    /// <param name="verdict">Outcome.</param>
    /// <param name="reason">Why.</param>
    /// <param name="startedUtc">When it began.</param>
    public RunResult WithoutLoop(Verdict verdict, string reason, DateTimeOffset startedUtc) =>
        RunResult.WithoutLoop(
            Scenario.DisplayPath, verdict, reason, startedUtc, Joints) with
        {
            Name = Scenario.Name,
            Description = Scenario.Description,
            ScenarioSha256 = Scenario.Sha256,
            Rig = RigName,
            RigSha256 = RigSha256.Length == 0 ? null : RigSha256,
            Seed = Scenario.Seed,
            Repeats = Scenario.Repeats,
        };
}
