namespace HilRig.Sim.Rendering;

/// <summary>What a camera sees of one body, pixels.</summary>
/// <param name="Body">Index of the body.</param>
/// <param name="MinX">First column.</param>
/// <param name="MinY">First row.</param>
/// <param name="MaxX">Last column.</param>
/// <param name="MaxY">Last row.</param>
/// <param name="Hidden">Share of its outline that other bodies hide, 0 to 1.</param>
public readonly record struct SeenBody(
    int Body, int MinX, int MinY, int MaxX, int MaxY, double Hidden);
