namespace HilRig.Sim.Gradients;

/// <summary>One node: what it computes, and the nodes it computes it from; -1 for none.</summary>
internal readonly record struct GraphNode(GraphOperation Operation, int A, int B, int C);
