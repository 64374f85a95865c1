using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>A step was taken: who proposed it, with what values.</summary>
/// <param name="InstantNanoseconds">When it was observed, CLOCK_MONOTONIC ns.</param>
/// <param name="StepIndex">Index in the episode, from 0.</param>
/// <param name="Answer">Proposer, values, flags.</param>
/// <param name="PolicyNanoseconds">Time the policy took, ns.</param>
public sealed record StepSeen(
    long InstantNanoseconds, int StepIndex, PolicyAnswer Answer, long PolicyNanoseconds)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "step";

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant(
        $"{StepIndex} {Answer.Proposer} q_rl={Answer.ReinforcementValue:0.000} ")
        + FormattableString.Invariant(
            $"q_il={Answer.ImitationValue:0.000} {Answer.Flags} {PolicyNanoseconds / 1000} us");
}
