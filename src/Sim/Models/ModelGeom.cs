using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A shape: it gives mass, touches others and is drawn. SI units.</summary>
public sealed record ModelGeom
{
    /// <summary>Index of its body; 0 is the world.</summary>
    public required int Body { get; init; }

    /// <summary>What it is.</summary>
    public required GeomKind Kind { get; init; }

    /// <summary>Sizes, m; <see cref="GeomKind"/> says which.</summary>
    public required Vector3 Size { get; init; }

    /// <summary>Centre in the body's frame, m.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>Rotation from its axes to the body's.</summary>
    public required UnitQuaternion Orientation { get; init; }

    /// <summary>Red, green and blue, 0 to 1.</summary>
    public required Vector3 Color { get; init; }

    /// <summary>Opacity, 0 to 1; one of 0 is not drawn.</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>Name; empty when the file gives none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Group for display and filters.</summary>
    public int Group { get; init; }

    /// <summary>Index of its mesh, or -1.</summary>
    public int Mesh { get; init; } = -1;

    /// <summary>Index of its height field, or -1.</summary>
    public int HeightField { get; init; } = -1;

    /// <summary>Bits of what it is; it touches geoms whose affinity has one of them.</summary>
    public int ContactType { get; init; } = 1;

    /// <summary>Bits of what it touches.</summary>
    public int ContactAffinity { get; init; } = 1;

    /// <summary>Contact dimension, 1, 3, 4 or 6 (condim).</summary>
    public int ContactDimension { get; init; } = 3;

    /// <summary>The higher of two geoms alone sets the contact's parameters.</summary>
    public int Priority { get; init; }

    /// <summary>Friction: sliding, torsional in m, rolling in m.</summary>
    public Vector3 Friction { get; init; } = new(1, 0.005, 0.0001);

    /// <summary>Weight of its softness when two are mixed (solmix).</summary>
    public double SoftnessWeight { get; init; } = 1;

    /// <summary>Softness of its contacts.</summary>
    public SoftConstraint Softness { get; init; } = SoftConstraint.Default;

    /// <summary>Distance below which a contact force acts, m.</summary>
    public double Margin { get; init; }

    /// <summary>Distance beyond the margin at which a contact is still found, m.</summary>
    public double Gap { get; init; }

    /// <summary>Radius of a ball about its centre that holds it; 0 of a plane. m.</summary>
    public double BoundingRadius { get; init; }
}
