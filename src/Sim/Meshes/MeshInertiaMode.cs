namespace HilRig.Sim.Meshes;

/// <summary>How the mass of a mesh is spread (MJCF: mesh/inertia).</summary>
internal enum MeshInertiaMode
{
    /// <summary>
    /// Solid, each tetrahedron from a triangle to the centroid counted as positive: MuJoCo's
    /// default, right for star-shaped meshes, and whatever the orientation of triangles.
    /// </summary>
    Legacy,

    /// <summary>Solid, tetrahedra with their signs: right for every closed mesh.</summary>
    Exact,

    /// <summary>Solid, the convex hull.</summary>
    Convex,

    /// <summary>A shell of even thickness.</summary>
    Shell,
}
