using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>
/// A mesh in its own frame: origin at the centre of mass, axes principal, corners rounded to
/// float32, as MuJoCo compiles it. Contact uses the convex hull.
/// </summary>
public sealed record ModelMesh
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Corners of the convex hull, m; none of a mesh that touches nothing.</summary>
    public required IReadOnlyList<Vector3> HullVertices { get; init; }

    /// <summary>
    /// Triangles of the hull, counter-clockwise from outside. Shape [triangle, 3], flat.
    /// </summary>
    public required IReadOnlyList<int> HullTriangles { get; init; }

    /// <summary>Corners of the mesh as drawn, m.</summary>
    public required IReadOnlyList<Vector3> Vertices { get; init; }

    /// <summary>Triangles as drawn. Shape [triangle, 3], flat.</summary>
    public required IReadOnlyList<int> Triangles { get; init; }

    /// <summary>Where this frame's origin is in the file's frame, m.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>Rotation from this frame's axes to the file's.</summary>
    public required UnitQuaternion Orientation { get; init; }
}
