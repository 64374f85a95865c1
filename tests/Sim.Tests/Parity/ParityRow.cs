namespace HilRig.Sim.Tests.Parity;

/// <summary>A constraint row as MuJoCo lists it (efc_*).</summary>
internal sealed record ParityRow
{
    public required ParityRowKind Kind { get; init; }

    /// <summary>Equality, dof, tendon, joint or contact that it belongs to.</summary>
    public required int Id { get; init; }

    public required double Position { get; init; }

    public required double Margin { get; init; }

    /// <summary>D, the inverse of the row's regularisation.</summary>
    public required double Weight { get; init; }

    /// <summary>aref.</summary>
    public required double Reference { get; init; }

    public required double Force { get; init; }

    public required double FrictionLoss { get; init; }

    /// <summary>Shape [dof].</summary>
    public required double[] Jacobian { get; init; }

    public static ParityRow Read(FixtureStream stream, int dofCount) => new()
    {
        Kind = (ParityRowKind)stream.Count(),
        Id = stream.Count(),
        Position = stream.One(),
        Margin = stream.One(),
        Weight = stream.One(),
        Reference = stream.One(),
        Force = stream.One(),
        FrictionLoss = stream.One(),
        Jacobian = stream.Take(dofCount),
    };
}
