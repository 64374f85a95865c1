namespace HilRig.Harness.Episodes.Notices;

/// <summary>One number of a start.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Value">The value, in the unit.</param>
public readonly record struct CardItem(string Name, string Unit, double Value);
