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

    /// <summary>
    /// First body at or above it that has a joint or is a mocap body, or the world: bodies of one
    /// weld never move against one another (body_weldid).
    /// </summary>
    public int Weld { get; init; }

    /// <summary>Body below the world that its kinematic tree begins with (body_rootid).</summary>
    public int Root { get; init; }

    /// <summary>
    /// Whether MuJoCo takes its inverse weights, and those of its joints, from its mass alone
    /// (body_simple of 2): slides along its own axes and nothing else, an inertial frame that is
    /// its own, no child, and the world or a fixed body of the world above it.
    /// </summary>
    public bool IsPlainSlider { get; init; }

    /// <summary>Part of its weight that is taken from it, 0 to 1 or more (gravcomp).</summary>
    public double GravityCompensation { get; init; }

    /// <summary>Mean over 3 translations of J M⁻¹ Jᵀ at the centre, 1/kg.</summary>
    public double InverseWeightTranslation { get; init; }

    /// <summary>Mean over 3 rotations of J M⁻¹ Jᵀ, 1/(kg·m²).</summary>
    public double InverseWeightRotation { get; init; }
}
