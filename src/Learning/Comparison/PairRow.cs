using HilRig.Learning.Comparison.Statistics;

namespace HilRig.Learning.Comparison;

/// <summary>Two methods on the tasks they share.</summary>
/// <param name="Method">The one.</param>
/// <param name="Other">The other.</param>
/// <param name="Tasks">Tasks of both.</param>
/// <param name="Probability">That a run of the one ends better than a run of the other.</param>
internal sealed record PairRow(
    string Method, string Other, IReadOnlyList<string> Tasks, Estimate Probability);
