namespace HilRig.Sim.Tests.Parity;

/// <summary>A contact as MuJoCo lists it (mjContact).</summary>
internal sealed record ParityContact
{
    public required int FirstGeom { get; init; }

    public required int SecondGeom { get; init; }

    public required int Dimension { get; init; }

    public required double Distance { get; init; }

    public required double Margin { get; init; }

    /// <summary>Regularised friction coefficient of an elliptic cone.</summary>
    public required double ConeFriction { get; init; }

    public required double[] Position { get; init; }

    /// <summary>Rows: normal, two tangents. Shape [3, 3].</summary>
    public required double[] Frame { get; init; }

    public required double[] Friction { get; init; }

    public required double[] Reference { get; init; }

    public required double[] Impedance { get; init; }

    public static ParityContact Read(FixtureStream stream) => new()
    {
        FirstGeom = stream.Count(),
        SecondGeom = stream.Count(),
        Dimension = stream.Count(),
        Distance = stream.One(),
        Margin = stream.One(),
        ConeFriction = stream.One(),
        Position = stream.Take(3),
        Frame = stream.Take(9),
        Friction = stream.Take(5),
        Reference = stream.Take(2),
        Impedance = stream.Take(5),
    };
}
