using System.Text.Json;
using HilRig.Sim.Meshes;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>
/// Two shapes in some poses, and the contacts MuJoCo finds (Fixtures/collide.mjs).
/// </summary>
internal sealed class OraclePair
{
    private const string TwoBodies = """
        <mujoco>
          <worldbody>
            <body><inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/></body>
            <body>
              <joint type="slide" axis="0 0 1"/>
              <inertial pos="0 0 0" mass="1" diaginertia="1 1 1"/>
            </body>
          </worldbody>
        </mujoco>
        """;

    private static readonly Model Basis = Load();

    private readonly JsonElement _json;

    public OraclePair(string name, JsonElement json)
    {
        _json = json;
        string[] kinds = name.Split('-');
        Model = Basis with
        {
            Name = name,
            Options = new ModelOptions { ContactMax = 64 },
            Geoms = [Geom(kinds[0], 0), Geom(kinds[1], 1)],
            Meshes = [Mesh(0), Mesh(1)],
            HeightFields = [Field(0)],
        };
    }

    public Model Model { get; }

    public IEnumerable<OracleCase> Cases =>
        _json.GetProperty("cases").EnumerateArray().Select(one => new OracleCase(
            one.GetProperty("kind").GetInt32(),
            one.GetProperty("stable").GetBoolean(),
            Numbers(one.GetProperty("place")),
            Numbers(one.GetProperty("turn")),
            [.. one.GetProperty("contacts").EnumerateArray().Select(Numbers)]));

    private static Model Load()
    {
        Model model = ModelFile.Load(TwoBodies);
        ModelBody[] bodies = [.. model.Bodies];
        bodies[1] = bodies[1] with { Weld = 0, Root = 1 };
        bodies[2] = bodies[2] with { Weld = 2, Root = 2 };
        return model with { Bodies = bodies };
    }

    private static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private ModelGeom Geom(string kind, int index)
    {
        double[] size = Numbers(_json.GetProperty("size")[index]);
        return new()
        {
            Body = index + 1,
            Kind = kind == "hfield"
                ? GeomKind.HeightField
                : Enum.Parse<GeomKind>(kind, ignoreCase: true),
            Size = new(size[0], size[1], size[2]),
            Position = new(0, 0, 0),
            Orientation = UnitQuaternion.Identity,
            Color = new(0, 0, 0),
            Margin = index == 0 ? _json.GetProperty("margin").GetDouble() : 0,
            Mesh = kind == "mesh" ? index : -1,
            HeightField = kind == "hfield" ? 0 : -1,
            BoundingRadius = _json.GetProperty("radius")[index].GetDouble(),
        };
    }

    // The hull of MuJoCo's vertices, by the loader's own algorithm.
    private ModelMesh Mesh(int index)
    {
        Vector3[] all = [];
        if (_json.GetProperty("assets")[index] is { ValueKind: JsonValueKind.Object } asset
            && asset.TryGetProperty("vertices", out JsonElement vertices))
        {
            double[] flat = Numbers(vertices);
            all = [.. Enumerable.Range(0, flat.Length / 3).Select(
                i => new Vector3(flat[3 * i], flat[(3 * i) + 1], flat[(3 * i) + 2]))];
        }

        int[] triangles = all.Length == 0 ? [] : ConvexHull.Of(all);
        int[] used = [.. triangles.Distinct().Order()];
        return new()
        {
            Name = "",
            HullVertices = [.. used.Select(i => all[i])],
            HullTriangles = [.. triangles.Select(i => Array.IndexOf(used, i))],
            Vertices = all,
            Triangles = triangles,
            Position = new(0, 0, 0),
            Orientation = UnitQuaternion.Identity,
        };
    }

    private ModelHeightField Field(int index)
    {
        JsonElement asset = _json.GetProperty("assets")[index];
        bool has = asset.ValueKind == JsonValueKind.Object
            && asset.TryGetProperty("elevations", out _);
        double[] size = has ? Numbers(asset.GetProperty("size")) : [1, 1, 1, 1];
        return new()
        {
            Name = "",
            RowCount = has ? asset.GetProperty("rows").GetInt32() : 2,
            ColumnCount = has ? asset.GetProperty("columns").GetInt32() : 2,
            RadiusX = size[0],
            RadiusY = size[1],
            ElevationZ = size[2],
            BaseZ = size[3],
            Elevations = has ? Numbers(asset.GetProperty("elevations")) : [0, 0, 0, 0],
        };
    }
}
