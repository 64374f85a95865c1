namespace HilRig.Sim.Meshes;

/// <summary>A triangle of a hull that is being built.</summary>
internal sealed class HullFace(int a, int b, int c, GridPoint[] points)
{
    private readonly GridPoint _origin = points[a];
    private readonly GridPoint _normal =
        GridPoint.Cross(points[b] - points[a], points[c] - points[a]);

    /// <summary>Corners, counter-clockwise from outside.</summary>
    public int[] Corners { get; } = [a, b, c];

    /// <summary>The face beyond the edge from corner i to corner i + 1.</summary>
    public HullFace[] Neighbors { get; } = new HullFace[3];

    /// <summary>Points beyond it that no other face has.</summary>
    public List<int> Outside { get; set; } = [];

    /// <summary>Whether a later point took it out of the hull.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether its corners lie on a line.</summary>
    public bool IsFlat => _normal == default;

    /// <summary>Distance of a point times the normal's length: exact, above 0 outside.</summary>
    public Int128 Height(GridPoint point) => GridPoint.Dot(_normal, point - _origin);

    /// <summary>The edge that begins at a corner.</summary>
    public int EdgeFrom(int corner) => Array.IndexOf(Corners, corner);
}
