namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>Offsets of what box against box keeps in the workspace's scratch numbers.</summary>
internal static class BoxScratch
{
    public const int Rotation = 0; // [3, 3] axes of box 2 in the axes of box 1, as columns
    public const int SizeFirst = 9; // [3] half edges of box 1, m
    public const int SizeSecond = 12; // [3] of box 2
    public const int SecondInFirst = 15; // [3] centre of box 2 in the axes of box 1, m
    public const int FirstInSecond = 18; // [3] centre of box 1 in the axes of box 2, m
    public const int Polygon = 24; // [2, 12, 3] x and y in a face, z above it
    public const int PolygonStride = 36;
    public const int CornerMax = 12;
    public const int Lanes = Polygon + (2 * PolygonStride); // the first 21, all lanes as they are
    public const int LaneCount = 21;
    public const int Count = Lanes + LaneCount;
}
