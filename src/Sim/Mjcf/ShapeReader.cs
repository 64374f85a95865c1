using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads type, size, place and fromto of a primitive geom or a site.</summary>
internal static class ShapeReader
{
    private static readonly Dictionary<string, GeomKind> Kinds = new()
    {
        ["plane"] = GeomKind.Plane,
        ["hfield"] = GeomKind.HeightField,
        ["sphere"] = GeomKind.Sphere,
        ["capsule"] = GeomKind.Capsule,
        ["ellipsoid"] = GeomKind.Ellipsoid,
        ["cylinder"] = GeomKind.Cylinder,
        ["box"] = GeomKind.Box,
        ["mesh"] = GeomKind.Mesh,
    };

    /// <summary>The type; a sphere when the element gives none.</summary>
    public static GeomKind Kind(MjcfAttributes at) =>
        Kinds[at.Word("type", "sphere", [.. Kinds.Keys])];

    /// <summary>MJCF's word for a kind.</summary>
    public static string Word(GeomKind kind) => Kinds.First(pair => pair.Value == kind).Key;

    /// <summary>Size and pose of a primitive, in the innermost frame around it.</summary>
    /// <param name="at">The geom or site.</param>
    /// <param name="kind">Its type.</param>
    /// <param name="fallback">Sizes that are not given.</param>
    /// <param name="compiler">How angles are meant.</param>
    public static (Vector3 Size, Pose Pose) Read(
        MjcfAttributes at, GeomKind kind, Vector3 fallback, CompilerSettings compiler)
    {
        double[] size = at.Prefix("size", fallback.X, fallback.Y, fallback.Z);
        double[]? ends = at.Numbers("fromto", 6, 6);
        int needed = kind switch
        {
            GeomKind.Plane => 3,
            GeomKind.Sphere => 1,
            GeomKind.Capsule or GeomKind.Cylinder => ends is null ? 2 : 1,
            GeomKind.Ellipsoid or GeomKind.Box => ends is null ? 3 : 1,
            GeomKind.Mesh or GeomKind.HeightField => 0,
        };
        bool plane = kind == GeomKind.Plane;
        if (plane ? size[2] <= 0 : size.Take(needed).Any(s => s <= 0))
        {
            throw MjcfFault.At(
                at.Element,
                $"a {Word(kind)} needs {needed} positive sizes",
                found: at.Text("size") ?? "no size");
        }

        return ends is null
            ? (new Vector3(size[0], size[1], size[2]), Pose.Read(at, compiler))
            : FromTo(at, kind, size[0], fallback.Z, ends);
    }

    private static (Vector3 Size, Pose Pose) FromTo(
        MjcfAttributes at, GeomKind kind, double size, double unused, double[] ends)
    {
        bool round = kind is GeomKind.Capsule or GeomKind.Cylinder;
        if (!round && kind is not (GeomKind.Ellipsoid or GeomKind.Box))
        {
            throw MjcfFault.At(
                at.Find("fromto")!,
                $"a {Word(kind)} cannot have fromto",
                "capsule, cylinder, ellipsoid, box");
        }

        if (at.Vector("pos", default) != default)
        {
            throw MjcfFault.At(at.Find("pos")!, "pos and fromto are both given", "one of them");
        }

        var from = new Vector3(ends[0], ends[1], ends[2]);
        var to = new Vector3(ends[3], ends[4], ends[5]);
        Vector3 span = from - to;
        double half = span.Length / 2;
        if (half < 1e-14)
        {
            throw MjcfFault.At(at.Find("fromto")!, "the two ends are the same point");
        }

        Vector3 sizes = round ? new(size, half, unused) : new(size, size, half);
        return (sizes, new Pose(0.5 * (from + to), UnitQuaternion.FromZAxis(span)));
    }
}
