using System.Text.Json;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Dynamics.Collision;

/// <summary>Two shapes in some poses, and the contacts MuJoCo finds (Fixtures/collide.mjs).</summary>
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
            BoundingRadius = _json.GetProperty("radius")[index].GetDouble(),
        };
    }
}
