namespace HilRig.Sim.Models;

/// <summary>A fixed tendon: length = Σ coefficient · joint position. SI units.</summary>
public sealed record ModelTendon
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>Joints, each a slide or hinge.</summary>
    public required IReadOnlyList<int> Joints { get; init; }

    /// <summary>Coefficient of each joint.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Spring stiffness.</summary>
    public required double Stiffness { get; init; }

    /// <summary>Viscous damping.</summary>
    public required double Damping { get; init; }

    /// <summary>Inertia in the tendon.</summary>
    public double Armature { get; init; }

    /// <summary>Coulomb friction.</summary>
    public required double FrictionLoss { get; init; }

    /// <summary>Shortest length at which the spring is at rest.</summary>
    public required double SpringLengthMin { get; init; }

    /// <summary>Longest length at which the spring is at rest.</summary>
    public required double SpringLengthMax { get; init; }

    /// <summary>Whether the range is a limit.</summary>
    public required bool Limited { get; init; }

    /// <summary>Shortest length.</summary>
    public required double RangeMin { get; init; }

    /// <summary>Longest length.</summary>
    public required double RangeMax { get; init; }

    /// <summary>Distance to a limit at which it starts to act.</summary>
    public required double Margin { get; init; }

    /// <summary>Softness of the limits.</summary>
    public required SoftConstraint LimitSoftness { get; init; }

    /// <summary>Softness of the Coulomb friction.</summary>
    public required SoftConstraint FrictionSoftness { get; init; }

    /// <summary>Lowest total actuator force; -infinity when not limited.</summary>
    public double ActuatorForceMin { get; init; } = double.NegativeInfinity;

    /// <summary>Highest total actuator force; +infinity when not limited.</summary>
    public double ActuatorForceMax { get; init; } = double.PositiveInfinity;

    /// <summary>Length at the reference position.</summary>
    public double ReferenceLength { get; init; }

    /// <summary>J M⁻¹ Jᵀ at the reference position.</summary>
    public double InverseWeight { get; init; }
}
