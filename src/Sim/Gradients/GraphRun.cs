namespace HilRig.Sim.Gradients;

/// <summary>Nodes that follow one another and have one operation.</summary>
/// <param name="Operation">What each of them computes.</param>
/// <param name="First">Index of the first node.</param>
/// <param name="End">Index after the last node.</param>
internal readonly record struct GraphRun(GraphOperation Operation, int First, int End);
