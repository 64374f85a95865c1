namespace HilRig.Rig.Learning;

/// <summary>How the resets of a run went, over all its parts.</summary>
/// <param name="Count">Episodes that began after a reset.</param>
/// <param name="MeanSeconds">From the end of an episode to the next Ready, mean.</param>
/// <param name="MeanIdleSeconds">Of these, waiting for the operator, mean.</param>
/// <param name="FailedVerifyCount">Times that Verify refused.</param>
public sealed record LearnRigResets(
    int Count, double MeanSeconds, double MeanIdleSeconds, int FailedVerifyCount);
