using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A joint. SI units of its kind.</summary>
public sealed record ModelJoint
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Free, ball, slide or hinge.</summary>
    public required JointType Type { get; init; }

    /// <summary>First number of this joint in the position vector (qpos).</summary>
    public required int PositionAddress { get; init; }

    /// <summary>First degree of freedom of this joint in every [dof] array.</summary>
    public required int DofAddress { get; init; }

    /// <summary>Body that it moves.</summary>
    public required int Body { get; init; }

    /// <summary>Joint whose motion is next above this one's in the tree; -1 for none.</summary>
    public required int Parent { get; init; }

    /// <summary>Point of the axis in the body's frame, m.</summary>
    public required Vector3 Position { get; init; }

    /// <summary>Unit axis in the body's frame.</summary>
    public required Vector3 Axis { get; init; }

    /// <summary>
    /// Position at which the body is where the file draws it, of a slide or hinge (qpos0).
    /// </summary>
    public required double Reference { get; init; }

    /// <summary>Spring stiffness, N·m/rad or N/m.</summary>
    public required double Stiffness { get; init; }

    /// <summary>Position at which the spring is at rest, of a slide or hinge.</summary>
    public required double SpringReference { get; init; }

    /// <summary>Viscous damping, N·m·s/rad or N·s/m.</summary>
    public required double Damping { get; init; }

    /// <summary>Inertia added to the diagonal of the mass matrix, kg·m² or kg.</summary>
    public required double Armature { get; init; }

    /// <summary>Coulomb friction, N·m or N.</summary>
    public required double FrictionLoss { get; init; }

    /// <summary>Whether the range is a limit.</summary>
    public required bool Limited { get; init; }

    /// <summary>Lowest position; 0 of a ball.</summary>
    public required double RangeMin { get; init; }

    /// <summary>Highest position; of a ball the largest angle, rad.</summary>
    public required double RangeMax { get; init; }

    /// <summary>Distance to a limit at which it starts to act.</summary>
    public required double Margin { get; init; }

    /// <summary>Softness of the limits.</summary>
    public required SoftConstraint LimitSoftness { get; init; }

    /// <summary>Softness of the Coulomb friction.</summary>
    public required SoftConstraint FrictionSoftness { get; init; }

    /// <summary>Lowest total actuator force; -infinity when not limited.</summary>
    public required double ActuatorForceMin { get; init; }

    /// <summary>Highest total actuator force; +infinity when not limited.</summary>
    public required double ActuatorForceMax { get; init; }

    /// <summary>
    /// Whether gravity compensation of the bodies counts as actuator force (actuatorgravcomp).
    /// </summary>
    public bool GravityCompensationIsActuated { get; init; }

    /// <summary>Group for display and filters.</summary>
    public int Group { get; init; }
}
