using HilRig.Sim.Meshes;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>Reads geoms: shape, contact attributes and mass.</summary>
internal sealed class GeomReader(
    CompilerSettings compiler, GeomAssets assets, MjcfOptions options, NoticeList notices)
{
    private const double Tiny = 1e-14;

    /// <summary>One geom; null when it is skipped.</summary>
    /// <param name="at">The geom.</param>
    /// <param name="frame">Pose of the frame element around it, in the body.</param>
    /// <param name="bodyMoves">Whether the body can move; planes are for static bodies.</param>
    /// <param name="needsMass">Whether the body takes its mass from geoms.</param>
    public GeomDraft? Read(MjcfAttributes at, Pose frame, bool bodyMoves, bool needsMass)
    {
        GeomKind kind = ShapeReader.Kind(at);
        if (kind == GeomKind.Plane && bodyMoves)
        {
            throw MjcfFault.At(at.Element, "a plane cannot be on a body that moves");
        }

        if ((kind == GeomKind.Mesh || at.Has("mesh")) && SkipMesh(at, needsMass && bodyMoves))
        {
            return null;
        }

        RequireAsset(at, kind);
        (Vector3 size, Pose pose) = ShapeReader.Read(at, kind, default, compiler);
        ModelGeom geom = Attributes(at, kind) with { Size = size };
        if (kind == GeomKind.Mesh)
        {
            return ReadMesh(at, geom, frame * pose, needsMass);
        }

        pose = frame * pose;
        geom = geom with { Position = pose.Position, Orientation = pose.Orientation };
        geom = kind == GeomKind.HeightField
            ? assets.HeightFields.Place(at, geom)
            : geom with { BoundingRadius = new GeomShape(kind, size).BoundingRadius };
        return new GeomDraft(at.Element, geom, InGroup(geom) ? Mass(at, geom) : null);
    }

    // The geom takes the mesh's principal frame, in which it is the box of its inertia.
    private GeomDraft ReadMesh(MjcfAttributes at, ModelGeom geom, Pose pose, bool needsMass)
    {
        if (at.Flag("shellinertia", false))
        {
            throw MjcfFault.At(
                at.Element, "shellinertia is not for mesh geoms", "inertia=\"shell\" in <mesh>");
        }

        int index = assets.Meshes.Find(at);
        CompiledMesh mesh = assets.Meshes[index];
        pose *= new Pose(mesh.Mesh.Position, mesh.Mesh.Orientation);
        geom = geom with
        {
            Mesh = index,
            Size = mesh.HalfExtent,
            BoundingRadius = mesh.HalfExtent.Length,
            Position = pose.Position,
            Orientation = pose.Orientation,
        };
        double mass = at.Has("mass")
            ? at.NotNegative("mass", 0)
            : at.NotNegative("density", 1000) * mesh.Extent;
        return new GeomDraft(
            at.Element,
            geom,
            needsMass && mass > Tiny && InGroup(geom)
                ? new MassProperties(
                    mass,
                    pose.Position,
                    SymmetricMatrix3.FromPrincipal(pose.Orientation, mass * mesh.Moments),
                    pose.Orientation)
                : null);
    }

    private bool InGroup(ModelGeom geom) =>
        geom.Group >= compiler.InertiaGroupMin && geom.Group <= compiler.InertiaGroupMax;

    private static MassProperties? Mass(MjcfAttributes at, ModelGeom geom)
    {
        var solid = new GeomShape(geom.Kind, geom.Size);
        var shell = new ShellShape(geom.Kind, geom.Size);
        bool hollow = at.Flag("shellinertia", false);
        double extent = hollow ? shell.Area : solid.Volume;
        double mass = at.Has("mass")
            ? (extent > Tiny ? at.NotNegative("mass", 0) : 0)
            : at.NotNegative("density", 1000) * extent;
        if (mass <= Tiny)
        {
            return null;
        }

        Vector3 moments = hollow ? shell.PrincipalInertia(mass) : solid.PrincipalInertia(mass);
        return new MassProperties(
            mass,
            geom.Position,
            SymmetricMatrix3.FromPrincipal(geom.Orientation, moments),
            geom.Orientation);
    }

    private ModelGeom Attributes(MjcfAttributes at, GeomKind kind)
    {
        double[] friction = at.Prefix("friction", 1, 0.005, 0.0001);
        double[] color = assets.Color(at);
        return new ModelGeom
        {
            Name = at.Name,
            Body = -1,
            Kind = kind,
            Size = default,
            Position = default,
            Orientation = UnitQuaternion.Identity,
            Color = new Vector3(color[0], color[1], color[2]),
            Alpha = color[3],
            Group = at.Integer("group", 0),
            ContactType = at.Integer("contype", 1),
            ContactAffinity = at.Integer("conaffinity", 1),
            ContactDimension = ContactDimension(at),
            Priority = at.Integer("priority", 0),
            Friction = friction.All(f => f >= 0)
                ? new Vector3(friction[0], friction[1], friction[2])
                : throw MjcfFault.At(at.Find("friction")!, "'friction' is negative", "0 or more"),
            SoftnessWeight = at.NotNegative("solmix", 1),
            Softness = at.Softness("solref", "solimp"),
            Margin = at.Number("margin", 0),
            Gap = at.Number("gap", 0),
        };
    }

    /// <summary>The contact dimension of a geom or pair.</summary>
    public static int ContactDimension(MjcfAttributes at)
    {
        int dimension = at.Integer("condim", 3);
        return dimension is 1 or 3 or 4 or 6
            ? dimension
            : throw MjcfFault.At(at.Find("condim")!, "'condim' is wrong", "1, 3, 4 or 6");
    }

    private static void RequireAsset(MjcfAttributes at, GeomKind kind)
    {
        if (at.Has("mesh") && kind != GeomKind.Mesh)
        {
            throw MjcfFault.At(
                at.Element,
                $"a {ShapeReader.Word(kind)} that is fitted to a mesh is not supported",
                "type=\"mesh\", or sizes and no mesh");
        }

        if (at.Has("hfield") != (kind == GeomKind.HeightField))
        {
            throw MjcfFault.At(
                at.Element, "type=\"hfield\" and hfield=\"…\" go together", "both or none");
        }
    }

    private bool SkipMesh(MjcfAttributes at, bool needsMass)
    {
        _ = assets.Meshes.Find(at);
        if (options.SkipMeshes)
        {
            notices.Add(
                at.Element,
                needsMass
                    ? "mesh geom skipped, and with it the mass it would give its body"
                    : "mesh geom skipped");
        }

        return options.SkipMeshes;
    }
}
