using HilRig.Harness.Policies;

namespace HilRig.Rig.Learning;

/// <summary>What the safety of the selection did, over all stored steps of policies.</summary>
/// <param name="Safety">The rules; null when it was off.</param>
/// <param name="Steps">Steps of policies.</param>
/// <param name="ActorSteps">Of these, proposed by the actor.</param>
/// <param name="Capped">Actor's actions that were cut to the largest distance.</param>
/// <param name="Locked">Actor's actions of which a part was given to the imitation.</param>
/// <param name="CriticsDisagreed">Steps the imitation got because critics were apart.</param>
/// <param name="ValueOutOfRange">Steps it got because a value left the range of returns.</param>
public sealed record LearnRigSelection(
    SelectionSafety? Safety,
    long Steps,
    long ActorSteps,
    long Capped,
    long Locked,
    long CriticsDisagreed,
    long ValueOutOfRange);
