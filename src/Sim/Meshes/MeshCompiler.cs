using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>
/// Brings a mesh into its principal frame as MuJoCo does (user_mesh.cc): offset, rotation and scale
/// of the file, then origin at the centre of mass and axes along the principal ones.
/// </summary>
internal static class MeshCompiler
{
    // MuJoCo 3.14 stops turning a mesh here (found by trying: of 13 meshes of the SO-101, 9.7e-8 is
    // left and 1.09e-7 is not). It shows in the frame and the box of inertia of the mesh, which are
    // to be the same as there.
    private const double AxesBound = 1e-7;

    /// <summary>Compiles a mesh.</summary>
    /// <exception cref="FormatException">The mesh has no volume, surface or hull.</exception>
    public static CompiledMesh Compile(string name, TriangleMesh mesh, MeshSettings settings)
    {
        if (mesh.Vertices.Length < 4)
        {
            throw new FormatException("a mesh needs at least 4 corners");
        }

        bool cloud = mesh.Triangles.Length == 0;
        bool convex = settings.Inertia == MeshInertiaMode.Convex;
        int[]? hull = cloud || convex ? Hull(mesh, settings) : null;
        int[] faces = cloud ? [.. hull!] : [.. mesh.Triangles];
        if (settings.Inertia == MeshInertiaMode.Exact)
        {
            RequireConsistent(mesh.Vertices, faces);
        }

        if (settings.IsMirrored && !cloud)
        {
            Reverse(faces);
        }

        Vector3 scale = settings.Scale;
        UnitQuaternion back = settings.ReferenceOrientation.Normalized().Inverse();
        Vector3[] placed =
        [
            .. mesh.Vertices.Select(v => Multiply(
                scale, back.Rotate(v - settings.ReferencePosition))),
        ];
        MeshMass mass = MeshMass.Of(placed, faces, convex ? hull! : faces, settings.Inertia);
        (UnitQuaternion axes, Vector3 moments) = PrincipalAxes.Of(mass.Inertia, AxesBound);
        RequirePossible(moments);
        UnitQuaternion turn = axes.Inverse();
        Vector3[] final = [.. placed.Select(v => turn.Rotate(v - mass.Center))];
        return new CompiledMesh(
            new ModelMesh
            {
                Name = name,
                HullVertices = [],
                HullTriangles = [],
                Vertices = [.. final.Select(ToFloat)],
                Triangles = faces,
                Position = mass.Center,
                Orientation = axes,
            },
            hull,
            mass.Extent,
            (1 / mass.Extent) * moments,
            Reach(final));
    }

    /// <summary>The mesh with its hull.</summary>
    /// <exception cref="FormatException">All corners lie in one plane.</exception>
    public static ModelMesh AddHull(
        CompiledMesh compiled, TriangleMesh mesh, MeshSettings settings)
    {
        int[] hull = compiled.Hull ?? Hull(mesh, settings);
        int[] used = [.. hull.Distinct().Order()];
        var index = new Dictionary<int, int>(used.Length);
        for (int i = 0; i < used.Length; i++)
        {
            index[used[i]] = i;
        }

        return compiled.Mesh with
        {
            HullVertices = [.. used.Select(corner => compiled.Mesh.Vertices[corner])],
            HullTriangles = [.. hull.Select(corner => index[corner])],
        };
    }

    private static int[] Hull(TriangleMesh mesh, MeshSettings settings)
    {
        int[] hull = ConvexHull.Of(mesh.Vertices, settings.HullCornerMax);
        if (settings.IsMirrored)
        {
            Reverse(hull);
        }

        return hull;
    }

    private static Vector3 Multiply(Vector3 a, Vector3 b) => new(a.X * b.X, a.Y * b.Y, a.Z * b.Z);

    private static Vector3 ToFloat(Vector3 v) => new((float)v.X, (float)v.Y, (float)v.Z);

    private static Vector3 Reach(Vector3[] vertices) => new(
        vertices.Max(v => Math.Abs(v.X)),
        vertices.Max(v => Math.Abs(v.Y)),
        vertices.Max(v => Math.Abs(v.Z)));

    private static void Reverse(int[] faces)
    {
        for (int i = 0; i < faces.Length; i += 3)
        {
            (faces[i + 1], faces[i + 2]) = (faces[i + 2], faces[i + 1]);
        }
    }

    // In a mesh that is oriented, no two triangles go along an edge in the same direction.
    private static void RequireConsistent(Vector3[] vertices, int[] faces)
    {
        const double tiny = 3.2e-8;
        var edges = new HashSet<(int From, int To)>();
        for (int i = 0; i < faces.Length; i += 3)
        {
            Vector3 origin = vertices[faces[i]];
            Vector3 normal = Vector3.Cross(
                vertices[faces[i + 1]] - origin, vertices[faces[i + 2]] - origin);
            for (int edge = 0; normal.Length > 2 * tiny && edge < 3; edge++)
            {
                (int from, int to) = (faces[i + edge], faces[i + ((edge + 1) % 3)]);
                if (!edges.Add((from, to)))
                {
                    throw new FormatException(
                        $"triangles with corners {from + 1} and {to + 1} are turned against one "
                        + "another, so an exact inertia does not exist; inertia=\"convex\" may do");
                }
            }
        }
    }

    private static void RequirePossible(Vector3 m)
    {
        const double relative = 1 - 1e-6;
        const double absolute = 1e-9;
        if (!(m.Z > 0) || m.X + m.Y < (m.Z * relative) - absolute
            || m.X + m.Z < (m.Y * relative) - absolute || m.Y + m.Z < (m.X * relative) - absolute)
        {
            throw new FormatException(
                $"the inertia of the mesh is impossible ({m.X}, {m.Y}, {m.Z}): "
                + "its triangles are not a closed surface; inertia=\"convex\" may do");
        }
    }
}
