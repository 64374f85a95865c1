namespace HilRig.Sim.Models;

/// <summary>A pair of geoms that the file names, with contact parameters of its own.</summary>
public sealed record ModelContactPair
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>First geom.</summary>
    public required int FirstGeom { get; init; }

    /// <summary>Second geom.</summary>
    public required int SecondGeom { get; init; }

    /// <summary>Contact dimension, 1, 3, 4 or 6.</summary>
    public required int ContactDimension { get; init; }

    /// <summary>Friction: two tangents, torsion in m, two rollings in m. Shape [5].</summary>
    public required IReadOnlyList<double> Friction { get; init; }

    /// <summary>Softness.</summary>
    public required SoftConstraint Softness { get; init; }

    /// <summary>solref of an elliptic cone's friction rows; 0, 0 for that of Softness.</summary>
    public (double Reference0, double Reference1) FrictionReference { get; init; }

    /// <summary>Distance below which a contact force acts, m.</summary>
    public required double Margin { get; init; }

    /// <summary>Distance beyond the margin at which a contact is still found, m.</summary>
    public required double Gap { get; init; }
}
