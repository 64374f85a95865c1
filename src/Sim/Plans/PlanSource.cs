namespace HilRig.Sim.Plans;

/// <summary>Where an input of a plan is read.</summary>
/// <param name="IsConstant">Among the model's constants; else in the workspace.</param>
/// <param name="Place">Place there.</param>
internal readonly record struct PlanSource(bool IsConstant, int Place);
