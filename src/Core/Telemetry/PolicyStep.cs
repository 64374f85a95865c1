using HilRig.Core.Episodes;

namespace HilRig.Core.Telemetry;

/// <summary>Whose action a step of an episode was, and why: its provenance.</summary>
/// <param name="InstantNanoseconds">When it was observed, CLOCK_MONOTONIC ns.</param>
/// <param name="StepIndex">Index in the episode, from 0.</param>
/// <param name="Proposer">Whose action was executed.</param>
/// <param name="ReinforcementValue">Critics' value of the actor's proposal; NaN for none.</param>
/// <param name="ImitationValue">Critics' value of the imitation's; NaN for none.</param>
/// <param name="Flags">What was done to the action.</param>
/// <param name="PolicyNanoseconds">Time the policy took, ns.</param>
/// <param name="PolicySha256">SHA-256 of the policy's graph, hex; empty for none.</param>
public readonly record struct PolicyStep(
    long InstantNanoseconds,
    int StepIndex,
    Proposer Proposer,
    float ReinforcementValue,
    float ImitationValue,
    StepFlags Flags,
    long PolicyNanoseconds,
    string PolicySha256);
