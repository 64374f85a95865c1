namespace HilRig.Sim.Meshes;

/// <summary>
/// A corner on a grid of whole numbers within ±2^29, in which every test of a hull is exact:
/// differences fit 31 bits, normals 63, distances 94.
/// </summary>
/// <param name="X">First coordinate.</param>
/// <param name="Y">Second coordinate.</param>
/// <param name="Z">Third coordinate.</param>
internal readonly record struct GridPoint(long X, long Y, long Z) : IComparable<GridPoint>
{
    /// <summary>Largest absolute coordinate.</summary>
    public const long Reach = 1 << 29;

    public static GridPoint operator -(GridPoint a, GridPoint b) =>
        new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static GridPoint Cross(GridPoint a, GridPoint b) => new(
        (a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));

    public static Int128 Dot(GridPoint a, GridPoint b) =>
        ((Int128)a.X * b.X) + ((Int128)a.Y * b.Y) + ((Int128)a.Z * b.Z);

    /// <summary>By x, then y, then z.</summary>
    public int CompareTo(GridPoint other) =>
        X != other.X ? X.CompareTo(other.X)
        : Y != other.Y ? Y.CompareTo(other.Y)
        : Z.CompareTo(other.Z);
}
