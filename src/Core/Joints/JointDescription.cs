namespace HilRig.Core.Joints;

/// <summary>One joint of a plant: its name, kind and limits.</summary>
/// <param name="Name">Name used in scenarios, recordings and reports.</param>
/// <param name="Kind">Revolute or prismatic.</param>
/// <param name="Limits">What may be commanded.</param>
public sealed record JointDescription(string Name, JointKind Kind, JointLimits Limits);
