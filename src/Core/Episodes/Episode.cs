using HilRig.Core.Errors;

namespace HilRig.Core.Episodes;

/// <summary>
/// One finished episode: what was observed, what was executed, who proposed it, how it ended.
/// Rewards are not stored: they follow from the verdict, so that a corrected verdict corrects them.
/// </summary>
public sealed record Episode
{
    /// <summary>Name of the task.</summary>
    public required string Task { get; init; }

    /// <summary>What it was made for.</summary>
    public required EpisodePurpose Purpose { get; init; }

    /// <summary>Index of its start in the task's start list.</summary>
    public required long StartIndex { get; init; }

    /// <summary>Seed of the start list.</summary>
    public required ulong StartSeed { get; init; }

    /// <summary>Observations as the task defines them, unnormalised. Shape [step + 1, observation].
    /// </summary>
    public required float[] Observations { get; init; }

    /// <summary>Executed actions, each in [−1, 1]. Shape [step, action].</summary>
    public required float[] Actions { get; init; }

    /// <summary>Who proposed each action. Shape [step].</summary>
    public required Proposer[] Proposers { get; init; }

    /// <summary>Critics' value of the actor's proposal; NaN where there was none. Shape [step].
    /// </summary>
    public required float[] ReinforcementValues { get; init; }

    /// <summary>Critics' value of the imitation's proposal; NaN where there was none. Shape [step].
    /// </summary>
    public required float[] ImitationValues { get; init; }

    /// <summary>What was done to each action. Shape [step].</summary>
    public required StepFlags[] Flags { get; init; }

    /// <summary>How it ended.</summary>
    public required EpisodeEnd End { get; init; }

    /// <summary>What it counts as.</summary>
    public required EpisodeVerdict Verdict { get; init; }

    /// <summary>Who said so.</summary>
    public VerdictSource VerdictSource { get; init; } = VerdictSource.Rule;

    /// <summary>SHA-256 of the policy that acted, lower-case hex; empty for none.</summary>
    public string PolicySha256 { get; init; } = "";

    /// <summary>Who reset the scene; empty where nobody did.</summary>
    public string Operator { get; init; } = "";

    /// <summary>Its reset.</summary>
    public ResetFigures Reset { get; init; }

    /// <summary>When its first step was observed, CLOCK_MONOTONIC ns; 0 in simulation.</summary>
    public long BeganNanoseconds { get; init; }

    /// <summary>When it began on the wall clock; the epoch in simulation.</summary>
    public DateTimeOffset BeganUtc { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>Number of steps.</summary>
    public int StepCount => Proposers.Length;

    /// <summary>Numbers of an observation.</summary>
    public int ObservationCount => Observations.Length / (StepCount + 1);

    /// <summary>Numbers of an action.</summary>
    public int ActionCount => StepCount == 0 ? 0 : Actions.Length / StepCount;

    /// <summary>
    /// Whether the last state is an end, beyond which nothing can be earned. A time-out, an
    /// operator's end or a withdrawn success is none: the value of the last state counts on.
    /// </summary>
    public bool IsTerminal =>
        Verdict == EpisodeVerdict.Success || End == EpisodeEnd.FailureRule;

    /// <summary>Reward of a step: 1 at the last of a success, else 0.</summary>
    /// <param name="step">0 to step count - 1.</param>
    public float Reward(int step) =>
        Verdict == EpisodeVerdict.Success && step == StepCount - 1 ? 1 : 0;

    /// <summary>One observation. Shape [observation].</summary>
    /// <param name="step">0 to step count.</param>
    public ReadOnlySpan<float> Observation(int step) =>
        Observations.AsSpan(step * ObservationCount, ObservationCount);

    /// <summary>One action. Shape [action].</summary>
    /// <param name="step">0 to step count - 1.</param>
    public ReadOnlySpan<float> Action(int step) =>
        Actions.AsSpan(step * ActionCount, ActionCount);

    /// <summary>Checks that all arrays fit and every number is finite and in range.</summary>
    /// <param name="where">File and place, for the message.</param>
    /// <exception cref="RecordingException">Something does not fit.</exception>
    public void Require(string where)
    {
        int steps = StepCount;
        if (steps == 0
            || Observations.Length % (steps + 1) != 0
            || Actions.Length % steps != 0
            || ReinforcementValues.Length != steps
            || ImitationValues.Length != steps
            || Flags.Length != steps)
        {
            throw new RecordingException(
                "The arrays of an episode do not fit each other",
                where,
                "at least one step, one observation more than steps",
                FormattableString.Invariant(
                    $"{steps} steps, {Observations.Length} observed, {Actions.Length} executed"));
        }

        foreach (float value in Observations)
        {
            if (!float.IsFinite(value))
            {
                throw new RecordingException(
                    "An observation of an episode is not finite", where, "finite", $"{value}");
            }
        }

        foreach (float value in Actions)
        {
            if (!(value >= -1 && value <= 1))
            {
                throw new RecordingException(
                    "An action of an episode is not normalised",
                    where,
                    "−1 to 1",
                    FormattableString.Invariant($"{value}"),
                    "the scale of the action that recorded it");
            }
        }
    }
}
