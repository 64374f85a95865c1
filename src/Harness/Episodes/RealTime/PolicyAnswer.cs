using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>What a policy says of its action, beside the action.</summary>
/// <param name="IsValid">
/// False: the action is not to be executed (not finite, graph failed); the episode ends and the
/// arm holds.
/// </param>
/// <param name="Proposer">Whose action it is.</param>
/// <param name="ReinforcementValue">Critics' value of the actor's proposal; NaN for none.</param>
/// <param name="ImitationValue">Critics' value of the imitation's proposal; NaN for none.</param>
/// <param name="Flags">What was done to the action, and why.</param>
public readonly record struct PolicyAnswer(
    bool IsValid,
    Proposer Proposer,
    float ReinforcementValue = float.NaN,
    float ImitationValue = float.NaN,
    StepFlags Flags = StepFlags.None);
