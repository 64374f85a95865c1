namespace HilRig.Tasks.Policies;

/// <summary>How well the graph agrees with the networks that it was written from.</summary>
/// <param name="StateCount">States that were compared.</param>
/// <param name="LargestDifference">Largest difference of any output over them.</param>
public sealed record PolicyParity(int StateCount, double LargestDifference);
