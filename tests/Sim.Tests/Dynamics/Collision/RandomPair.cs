using HilRig.Sim.Meshes;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>
/// Two shapes of random size on two bodies, and random poses that touch or nearly.
/// </summary>
internal sealed class RandomPair
{
    private const string TwoBodies = """
        <mujoco>
          <worldbody>
            <body><inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/></body>
            <body><freejoint/><inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/></body>
          </worldbody>
        </mujoco>
        """;

    private static readonly Model Basis = ModelFile.Load(TwoBodies);

    private readonly Random _random;

    public RandomPair(GeomKind first, GeomKind second, int seed)
    {
        _random = new Random(seed);
        Model = Basis with
        {
            Geoms = [Geom(first, 1), Geom(second, 2)],
            Meshes = [Mesh()],
            HeightFields = [Field()],
        };
    }

    public Model Model { get; }

    /// <summary>
    /// A place on a grid of 2⁻⁸ m, so that floats add a far offset to it without rounding.
    /// </summary>
    public double[] Place(double reach) =>
    [
        .. Enumerable.Range(0, 3).Select(
            _ => Math.Round(256 * reach * ((2 * _random.NextDouble()) - 1)) / 256),
    ];

    public double[] Turn()
    {
        Vector3 axis = new(Draw(), Draw(), Draw());
        return UnitQuaternion.FromAxisAngle((1 / axis.Length) * axis, 3 * Draw()).ToMatrix();
    }

    /// <summary>The model with its geoms on each other's body.</summary>
    public Model Swapped()
    {
        ModelGeom first = Model.Geoms[0] with { Body = 2 };
        ModelGeom second = Model.Geoms[1] with { Body = 1 };
        return Model with { Geoms = [second, first] };
    }

    private double Draw() => (2 * _random.NextDouble()) - 1;

    private double Size() => 0.05 + (0.25 * _random.NextDouble());

    private ModelGeom Geom(GeomKind kind, int body)
    {
        var size = new Vector3(Size(), Size(), Size());
        return new()
        {
            Body = body,
            Kind = kind,
            Size = size,
            Position = new(0, 0, 0),
            Orientation = UnitQuaternion.Identity,
            Color = new(0, 0, 0),
            Margin = 0.01,
            Mesh = kind == GeomKind.Mesh ? 0 : -1,
            HeightField = kind == GeomKind.HeightField ? 0 : -1,
            BoundingRadius = kind == GeomKind.Plane ? 0 : 1,
        };
    }

    private ModelMesh Mesh()
    {
        Vector3[] corners = [.. Enumerable.Range(0, 30).Select(_ => 0.25 * new Vector3(
            Draw(), Draw(), Draw()))];
        int[] triangles = ConvexHull.Of(corners);
        return new()
        {
            Name = "",
            HullVertices = corners,
            HullTriangles = triangles,
            Vertices = corners,
            Triangles = triangles,
            Position = new(0, 0, 0),
            Orientation = UnitQuaternion.Identity,
        };
    }

    private ModelHeightField Field() => new()
    {
        Name = "",
        RowCount = 4,
        ColumnCount = 5,
        RadiusX = 0.4,
        RadiusY = 0.3,
        ElevationZ = 0.2,
        BaseZ = 0.1,
        Elevations = [.. Enumerable.Range(0, 20).Select(_ => _random.NextDouble())],
    };
}
