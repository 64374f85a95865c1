namespace HilRig.Rig.Learning;

/// <summary>The learner's process, over all parts of a run.</summary>
/// <param name="Updates">Updates of the critics so far, over all parts.</param>
/// <param name="Policies">Policies that came from it so far.</param>
/// <param name="Killed">Times that it was killed on purpose.</param>
/// <param name="Restarted">Times that it was started again after it had died.</param>
public sealed record LearnRigLearner(long Updates, long Policies, int Killed, int Restarted);
