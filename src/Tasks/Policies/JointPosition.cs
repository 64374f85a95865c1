namespace HilRig.Tasks.Policies;

/// <summary>Where one joint is.</summary>
/// <param name="Joint">Name of the joint.</param>
/// <param name="Position">Its position, rad or m.</param>
public sealed record JointPosition(string Joint, double Position);
