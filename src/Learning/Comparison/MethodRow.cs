using HilRig.Learning.Comparison.Statistics;

namespace HilRig.Learning.Comparison;

/// <summary>One method over all tasks it was run on.</summary>
/// <param name="Method">The method.</param>
/// <param name="Tasks">Its tasks.</param>
/// <param name="RunCount">Its runs.</param>
/// <param name="InterquartileMean">Of the final success over task × seed.</param>
internal sealed record MethodRow(
    string Method, IReadOnlyList<string> Tasks, int RunCount, Estimate InterquartileMean);
