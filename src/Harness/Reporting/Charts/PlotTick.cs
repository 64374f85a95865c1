namespace HilRig.Harness.Reporting.Charts;

/// <summary>A mark on an axis.</summary>
/// <param name="Place">Where, as a fraction of the axis.</param>
/// <param name="Label">What stands there.</param>
internal readonly record struct PlotTick(double Place, string Label);
