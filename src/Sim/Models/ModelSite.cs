using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A frame on a body, for sensors, actuators and equalities. SI units.</summary>
public sealed record ModelSite
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Index of its body.</summary>
    public required int Body { get; init; }

    /// <summary>Origin in the body's frame, m.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>Rotation from its axes to the body's.</summary>
    public required UnitQuaternion Orientation { get; init; }

    /// <summary>Shape of its volume, for touch sensors; a bounded primitive.</summary>
    public GeomKind Kind { get; init; } = GeomKind.Sphere;

    /// <summary>Sizes of its volume, m.</summary>
    public Vector3 Size { get; init; } = new(0.005, 0.005, 0.005);
}
