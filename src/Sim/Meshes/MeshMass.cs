using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>
/// Volume (or surface of a shell), centre and second moments of a mesh of density 1, from one
/// tetrahedron (or triangle) a face (MuJoCo, user_mesh.cc; B. Mirtich, "Fast and accurate
/// computation of polyhedral mass properties", 1996).
/// </summary>
/// <param name="Extent">Volume, m³, or surface, m².</param>
/// <param name="Center">Centre of mass, m.</param>
/// <param name="Inertia">Inertia about the centre for a density of 1.</param>
internal readonly record struct MeshMass(double Extent, Vector3 Center, SymmetricMatrix3 Inertia)
{
    private const double Tiny = 1e-15;

    /// <summary>Computes it.</summary>
    /// <param name="vertices">Corners.</param>
    /// <param name="faces">Triangles of the mesh.</param>
    /// <param name="solid">Triangles that bound the mass: of the mesh, or of its hull.</param>
    /// <param name="mode">How the mass is spread.</param>
    /// <exception cref="FormatException">The mesh has no surface or no volume.</exception>
    public static MeshMass Of(
        IReadOnlyList<Vector3> vertices,
        IReadOnlyList<int> faces,
        IReadOnlyList<int> solid,
        MeshInertiaMode mode)
    {
        (double area, Vector3 apex) = Centroid(vertices, faces);
        if (area < Tiny)
        {
            throw new FormatException("the surface of the mesh is too small");
        }

        double extent = 0;
        var moment = default(Vector3);
        for (int i = 0; i < solid.Count; i += 3)
        {
            (double part, Vector3 center) = Part(vertices, solid, i, apex, mode);
            extent += part;
            moment += part * ((0.75 * center) + (0.25 * apex));
        }

        if (extent < Tiny)
        {
            throw new FormatException(
                extent < 0
                    ? "the volume of the mesh is negative: its triangles are turned inside out"
                    : "the volume of the mesh is too small; inertia=\"shell\" may be meant");
        }

        Vector3 middle = (1 / extent) * moment;
        return Moments(vertices, solid, middle, mode);
    }

    private static (double Area, Vector3 Center) Centroid(
        IReadOnlyList<Vector3> vertices, IReadOnlyList<int> faces)
    {
        double area = 0;
        var moment = default(Vector3);
        for (int i = 0; i < faces.Count; i += 3)
        {
            (double part, Vector3 center) = Part(
                vertices, faces, i, default, MeshInertiaMode.Shell);
            area += part;
            moment += part * center;
        }

        return (area, area < Tiny ? moment : (1 / area) * moment);
    }

    // Area of a triangle, or volume of the tetrahedron that it makes with an apex, and the
    // triangle's centre.
    private static (double Extent, Vector3 Center) Part(
        IReadOnlyList<Vector3> vertices,
        IReadOnlyList<int> faces,
        int at,
        Vector3 apex,
        MeshInertiaMode mode)
    {
        Vector3 a = vertices[faces[at]];
        Vector3 b = vertices[faces[at + 1]];
        Vector3 c = vertices[faces[at + 2]];
        Vector3 center = (1.0 / 3) * (a + b + c);
        Vector3 normal = Vector3.Cross(b - a, c - a);
        if (normal.Length < Tiny)
        {
            return (0, center);
        }

        double volume = Vector3.Dot(center - apex, normal) / 6;
        return mode switch
        {
            MeshInertiaMode.Shell => (normal.Length / 2, center),
            MeshInertiaMode.Legacy => (Math.Abs(volume), center),
            _ => (volume, center),
        };
    }

    // ∫ x_i x_j over a tetrahedron with one corner at the centre is V/20 (Σ over pairs of the other
    // corners, equal ones twice); over a triangle A/12 of the same.
    private static MeshMass Moments(
        IReadOnlyList<Vector3> vertices,
        IReadOnlyList<int> faces,
        Vector3 middle,
        MeshInertiaMode mode)
    {
        double share = mode == MeshInertiaMode.Shell ? 12 : 20;
        double extent = 0;
        var second = default(SymmetricMatrix3);
        for (int i = 0; i < faces.Count; i += 3)
        {
            (double part, _) = Part(vertices, faces, i, middle, mode);
            extent += part;
            Vector3 a = vertices[faces[i]] - middle;
            Vector3 b = vertices[faces[i + 1]] - middle;
            Vector3 c = vertices[faces[i + 2]] - middle;
            Vector3 sum = a + b + c;
            second += (part / share) * (Square(sum) + Square(a) + Square(b) + Square(c));
        }

        return new(
            extent,
            middle,
            new(
                second.YY + second.ZZ,
                second.XX + second.ZZ,
                second.XX + second.YY,
                -second.XY,
                -second.XZ,
                -second.YZ));
    }

    private static SymmetricMatrix3 Square(Vector3 v) => new(
        v.X * v.X, v.Y * v.Y, v.Z * v.Z, v.X * v.Y, v.X * v.Z, v.Y * v.Z);
}
