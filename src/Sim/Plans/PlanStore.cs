namespace HilRig.Sim.Plans;

/// <summary>A number that a plan leaves in the workspace.</summary>
/// <param name="Place">Place in the workspace.</param>
/// <param name="Node">Node of its value.</param>
internal readonly record struct PlanStore(int Place, int Node);
