namespace HilRig.Sim.Gradients;

/// <summary>
/// A decision that the traced code took on the value of a node: the graph stands for the code only
/// where the decision would be the same.
/// </summary>
/// <param name="Node">The node it looked at.</param>
/// <param name="IsWhole">
/// Whether it took the number cut towards 0; otherwise, whether it was above 0.
/// </param>
/// <param name="Expected">The number it took; or 1 for above 0, 0 for not above.</param>
internal readonly record struct GraphGuard(int Node, bool IsWhole, int Expected);
