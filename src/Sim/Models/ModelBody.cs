using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A rigid body. Body 0 is the world. SI units.</summary>
public sealed record ModelBody
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Index of the parent body; -1 for the world.</summary>
    public required int Parent { get; init; }

    /// <summary>Origin in the parent's frame, m.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>Rotation from this body's frame to the parent's, at zero joint angles.</summary>
    public required UnitQuaternion Orientation { get; init; }

    /// <summary>Mass, kg.</summary>
    public required double Mass { get; init; }

    /// <summary>Centre of mass in the body's frame, m.</summary>
    public required Vector3 CenterOfMass { get; init; }

    /// <summary>Inertia about the centre of mass, in the body's axes, kg·m².</summary>
    public required SymmetricMatrix3 Inertia { get; init; }

    /// <summary>Index of the first joint of this body.</summary>
    public required int FirstJoint { get; init; }

    /// <summary>Number of joints that move it against its parent.</summary>
    public required int JointCount { get; init; }
}
