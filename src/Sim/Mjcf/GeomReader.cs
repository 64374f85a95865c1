using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads geoms: their mass, and whether they would collide.</summary>
internal sealed class GeomReader(
    CompilerSettings compiler, MjcfOptions options, MeshAssets meshes, NoticeList notices)
{
    private const double MassMin = 1e-14;
    private static readonly double[] Gray = [0.5, 0.5, 0.5, 1];

    /// <summary>What can be drawn of the geoms read so far; planes and meshes cannot.</summary>
    public List<ModelGeom> Drawn { get; } = [];

    /// <summary>
    /// The mass of a geom in the body's frame; null when it has none or is skipped.
    /// </summary>
    /// <param name="at">The geom.</param>
    /// <param name="frame">Pose of the frame element around it, in the body.</param>
    /// <param name="bodyMoves">Whether the body can move; planes are for static bodies.</param>
    /// <param name="needsMass">Whether the body takes its mass from geoms.</param>
    /// <param name="body">Index of the body.</param>
    public MassProperties? Read(
        MjcfAttributes at, Pose frame, bool bodyMoves, bool needsMass, int body)
    {
        string type = at.Text("type") ?? "sphere";
        if (type == "mesh" || at.Has("mesh"))
        {
            SkipMesh(at, needsMass && bodyMoves);
            return null;
        }

        type = at.Word(
            "type", "sphere", "plane", "sphere", "capsule", "ellipsoid", "cylinder", "box");
        if (type == "plane" && bodyMoves)
        {
            throw MjcfFault.At(at.Element, "a plane cannot be on a body that moves");
        }

        NoteCollision(at);
        (GeomShape shape, Pose pose) = ReadShape(at, type);
        pose = frame * pose;
        Draw(at, shape, pose, body);
        double mass = at.Has("mass")
            ? at.NotNegative("mass", 0)
            : at.NotNegative("density", 1000) * shape.Volume;
        int group = at.Integer("group", 0);
        if (mass <= MassMin || group < compiler.InertiaGroupMin || group > compiler.InertiaGroupMax)
        {
            return null;
        }

        return new MassProperties(
            mass,
            pose.Position,
            SymmetricMatrix3.FromPrincipal(pose.Orientation, shape.PrincipalInertia(mass)));
    }

    private void Draw(MjcfAttributes at, GeomShape shape, Pose pose, int body)
    {
        double[] color = at.Numbers("rgba", 4, 4) ?? Gray;
        if (shape.Kind != "plane" && color[3] > 0)
        {
            Drawn.Add(new ModelGeom
            {
                Body = body,
                Kind = shape.Kind switch
                {
                    "capsule" => GeomKind.Capsule,
                    "ellipsoid" => GeomKind.Ellipsoid,
                    "cylinder" => GeomKind.Cylinder,
                    "box" => GeomKind.Box,
                    _ => GeomKind.Sphere,
                },
                Size = new Vector3(shape.A, shape.B, shape.C),
                Position = pose.Position,
                Orientation = pose.Orientation,
                Color = new Vector3(color[0], color[1], color[2]),
            });
        }
    }

    private void SkipMesh(MjcfAttributes at, bool needsMass)
    {
        meshes.Require(at);
        if (!options.SkipMeshes)
        {
            throw MjcfFault.At(
                at.Element,
                "mesh geoms are not simulated yet",
                "primitive geoms",
                remedy: "pass --skip-meshes (MjcfOptions.SkipMeshes) to go on without them");
        }

        notices.Add(
            at.Element,
            needsMass
                ? "mesh geom skipped, and with it the mass it would give its body"
                : "mesh geom skipped");
    }

    private void NoteCollision(MjcfAttributes at)
    {
        if (at.Integer("contype", 1) != 0 || at.Integer("conaffinity", 1) != 0)
        {
            notices.Add(at.Element, "colliding geom: contact is not simulated yet");
        }
    }

    private (GeomShape Shape, Pose Pose) ReadShape(MjcfAttributes at, string type)
    {
        double[] size = at.Numbers("size", 1, 3) ?? [];
        double[]? ends = at.Numbers("fromto", 6, 6);
        int needed = type switch
        {
            "plane" => 3,
            "sphere" => 1,
            "capsule" or "cylinder" => ends is null ? 2 : 1,
            _ => ends is null ? 3 : 1,
        };
        if (size.Length < needed || (type != "plane" && size.Take(needed).Any(s => s <= 0)))
        {
            throw MjcfFault.At(
                at.Element,
                $"a {type} needs {needed} positive sizes",
                found: at.Text("size") ?? "no size");
        }

        if (ends is null)
        {
            double Size(int index) => index < size.Length ? size[index] : 0;
            return (new GeomShape(type, Size(0), Size(1), Size(2)), Pose.Read(at, compiler));
        }

        if (type is "sphere" or "plane")
        {
            throw MjcfFault.At(
                at.Find("fromto")!,
                $"a {type} cannot have fromto",
                "capsule, cylinder, ellipsoid, box");
        }

        return FromTo(at, type, size[0], ends);
    }

    private static (GeomShape Shape, Pose Pose) FromTo(
        MjcfAttributes at, string type, double size, double[] ends)
    {
        var from = new Vector3(ends[0], ends[1], ends[2]);
        var to = new Vector3(ends[3], ends[4], ends[5]);
        Vector3 span = from - to;
        double half = span.Length / 2;
        if (half < 1e-14)
        {
            throw MjcfFault.At(at.Find("fromto")!, "the two ends are the same point");
        }

        GeomShape shape = type is "capsule" or "cylinder"
            ? new(type, size, half, 0)
            : new(type, size, size, half);
        return (shape, new Pose(0.5 * (from + to), UnitQuaternion.FromZAxis(span)));
    }
}
