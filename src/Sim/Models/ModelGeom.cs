using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A solid that is drawn. It has no effect on the motion but through its mass.</summary>
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
}
