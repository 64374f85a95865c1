namespace HilRig.Rig.Learning;

/// <summary>A point of the curve of a run on a rig.</summary>
/// <param name="Episodes">Episodes of learning up to here.</param>
/// <param name="Steps">Their steps.</param>
/// <param name="Success">Share of successes among the newest ten, explored ones.</param>
public sealed record LearnRigPoint(int Episodes, long Steps, double Success);
