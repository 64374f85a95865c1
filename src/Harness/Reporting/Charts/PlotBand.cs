namespace HilRig.Harness.Reporting.Charts;

/// <summary>A filled area between two lines over the same horizontal values.</summary>
internal sealed record PlotBand(double[] X, double[] Low, double[] High, int[]? Part);
