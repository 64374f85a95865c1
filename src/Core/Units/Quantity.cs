namespace HilRig.Core.Units;

/// <summary>A number with its dimension, in the dimension's SI unit.</summary>
/// <param name="Value">Value in the SI unit.</param>
/// <param name="Dimension">What it measures.</param>
public readonly record struct Quantity(double Value, Dimension Dimension);
