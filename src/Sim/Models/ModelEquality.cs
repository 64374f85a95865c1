using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>A soft equality constraint. SI units.</summary>
public sealed record ModelEquality
{
    /// <summary>Name; empty when the file gives none.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds together.</summary>
    public required EqualityKind Kind { get; init; }

    /// <summary>First body, joint or tendon.</summary>
    public required int First { get; init; }

    /// <summary>Second body (0 is the world), joint or tendon; -1 for none.</summary>
    public required int Second { get; init; }

    /// <summary>Whether it acts at the start.</summary>
    public required bool Active { get; init; }

    /// <summary>Softness.</summary>
    public required SoftConstraint Softness { get; init; }

    /// <summary>Point in the first body's frame (connect and weld), m.</summary>
    public Vector3 FirstAnchor { get; init; }

    /// <summary>The same point in the second body's frame (connect and weld), m.</summary>
    public Vector3 SecondAnchor { get; init; }

    /// <summary>
    /// Orientation of the second body in the first that a weld holds: q1* · q2 at the start.
    /// </summary>
    public UnitQuaternion RelativeOrientation { get; init; } = UnitQuaternion.Identity;

    /// <summary>Length that a radian counts for in a weld, m (torquescale).</summary>
    public double TorqueScale { get; init; } = 1;

    /// <summary>
    /// Joint and tendon: first - first₀ = Σ coefficient k · (second - second₀)^k. Shape [5].
    /// </summary>
    public IReadOnlyList<double> Polynomial { get; init; } = [0, 1, 0, 0, 0];
}
