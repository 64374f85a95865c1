namespace HilRig.Learning.Comparison.Statistics;

/// <summary>A figure with its 95 % interval.</summary>
/// <param name="Value">The figure.</param>
/// <param name="Low">Lower end; null where a single run says nothing of others.</param>
/// <param name="High">Upper end; null likewise.</param>
internal sealed record Estimate(double Value, double? Low, double? High);
