using System.Text.Json;
using System.Text.Json.Serialization;
using HilRig.Harness.Episodes;
using HilRig.Rig.Learning.Parts;

namespace HilRig.Rig.Learning;

/// <summary>What learning on a rig came to; result.json and what `--json` prints.</summary>
public sealed record LearnRigResult
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>bc, td3, ibrl, rlpd or rft.</summary>
    public required string Algorithm { get; init; }

    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>Name of the rig.</summary>
    public required string Rig { get; init; }

    /// <summary>Seed of the run.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How the session ended, in a word; "Completed" when all is done.</summary>
    public required string Ending { get; init; }

    /// <summary>Why, for people.</summary>
    public required string Reason { get; init; }

    /// <summary>Successful demonstrations.</summary>
    public required int Demonstrations { get; init; }

    /// <summary>Episodes that the learner saw after them, warm-up included.</summary>
    public required int Episodes { get; init; }

    /// <summary>Steps of these episodes.</summary>
    public required long Steps { get; init; }

    /// <summary>Imitation (first) and final policy (second); null before both are measured.
    /// </summary>
    public required PairedScore? Score { get; init; }

    /// <summary>
    /// What the promotion gate says of these pairs; null while there is nothing to decide.
    /// </summary>
    public required string? Promotion { get; init; }

    /// <summary>Share of successes of the final policy; null before it is measured.</summary>
    public double? FinalSuccess => Score?.Second;

    /// <summary>Its 95 % interval.</summary>
    public double[]? FinalInterval => Score?.SecondInterval;

    /// <summary>Share of successes by ten episodes of learning.</summary>
    public required IReadOnlyList<LearnRigPoint> Curve { get; init; }

    /// <summary>Commands outside the rig's limits that the agent refused; 0 or the arm stops.
    /// </summary>
    public required long LimitViolations { get; init; }

    /// <summary>Commands that came too late to be acted on.</summary>
    public required long StaleCommands { get; init; }

    /// <summary>Steps whose action a limit of the rig took back before it was sent.</summary>
    public required long ClippedSteps { get; init; }

    /// <summary>What kept the actor near the imitation, and how often.</summary>
    public required LearnRigSelection Selection { get; init; }

    /// <summary>Policies of the learner that were refused: damaged, foreign or too slow.</summary>
    public required int RefusedPolicies { get; init; }

    /// <summary>Resets, and how they went.</summary>
    public required LearnRigResets Resets { get; init; }

    /// <summary>The learner's process.</summary>
    public required LearnRigLearner Learner { get; init; }

    /// <summary>Times that the rig stopped by itself, over all parts.</summary>
    public required int Stops { get; init; }

    /// <summary>
    /// Ticks of the loop, over all parts; of a part that was killed none are known, as in the next
    /// two.
    /// </summary>
    public required long Ticks { get; init; }

    /// <summary>Ticks that the loop slept through.</summary>
    public required long MissedTicks { get; init; }

    /// <summary>Ticks whose command nobody answered.</summary>
    public required long UnansweredTicks { get; init; }

    /// <summary>How the loop and the operator did in the last part.</summary>
    public required SessionResult Session { get; init; }

    /// <summary>Seconds on the wall, over all parts.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>Seconds of processor of the host, over all parts.</summary>
    public required double CpuSeconds { get; init; }

    /// <summary>Every part of the run: its own figures, its end, its recording.</summary>
    public required IReadOnlyList<LearnRigPart> Parts { get; init; }

    /// <summary>Folder of the final policy; null before there is one.</summary>
    public required string? Policy { get; init; }

    /// <summary>Folder of the run.</summary>
    public required string Run { get; init; }

    /// <summary>The result as JSON.</summary>
    public string Encode() => JsonSerializer.Serialize(this, Format);
}
