namespace HilRig.Harness.Results;

/// <summary>A 95 % confidence interval, in the unit of the figure it belongs to.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High);
