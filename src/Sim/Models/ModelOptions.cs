using HilRig.Sim.Spatial;

namespace HilRig.Sim.Models;

/// <summary>Physics options of a model, as MJCF's option element sets them. SI units.</summary>
public sealed record ModelOptions
{
    /// <summary>Step length, s. Default 0.002.</summary>
    public double TimeStep { get; init; } = 0.002;

    /// <summary>Gravity in the world frame, m/s². Default (0, 0, -9.81).</summary>
    public Vector3 Gravity { get; init; } = new(0, 0, -9.81);

    /// <summary>Integrator. Default Euler.</summary>
    public Integrator Integrator { get; init; } = Integrator.Euler;

    /// <summary>
    /// Whether soft-constraint time constants are held at two steps or more. Default true.
    /// </summary>
    public bool ReferenceSafety { get; init; } = true;

    /// <summary>Whether Euler treats joint damping implicitly. Default true.</summary>
    public bool EulerDamping { get; init; } = true;

    /// <summary>Whether controls are clamped to their range. Default true.</summary>
    public bool ClampControl { get; init; } = true;

    /// <summary>Whether gravity acts. Default true.</summary>
    public bool GravityEnabled { get; init; } = true;

    /// <summary>Whether friction loss acts. Default true.</summary>
    public bool FrictionLossEnabled { get; init; } = true;

    /// <summary>Whether joint limits act. Default true.</summary>
    public bool LimitEnabled { get; init; } = true;

    /// <summary>Whether joint springs act. Default true.</summary>
    public bool SpringEnabled { get; init; } = true;

    /// <summary>Whether joint damping acts. Default true.</summary>
    public bool DamperEnabled { get; init; } = true;

    /// <summary>Whether actuators act. Default true.</summary>
    public bool ActuationEnabled { get; init; } = true;

    /// <summary>Friction cone. Default pyramidal.</summary>
    public ConeKind Cone { get; init; } = ConeKind.Pyramidal;

    /// <summary>Ratio of friction to normal impedance of elliptic contacts. Default 1.</summary>
    public double ImpedanceRatio { get; init; } = 1;

    /// <summary>
    /// Newton steps at most. Default 100; fewer count as 100, since the solve always goes on to
    /// rounding.
    /// </summary>
    public int IterationMax { get; init; } = 100;

    /// <summary>Line-search evaluations a Newton step at most. Default 50.</summary>
    public int LineSearchMax { get; init; } = 50;

    /// <summary>Where the solver stops, relative to mean inertia · dofs. Default 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-8;

    /// <summary>Whether equalities act. Default true.</summary>
    public bool EqualityEnabled { get; init; } = true;

    /// <summary>Whether contacts act. Default true.</summary>
    public bool ContactEnabled { get; init; } = true;

    /// <summary>Whether any constraint acts. Default true.</summary>
    public bool ConstraintEnabled { get; init; } = true;

    /// <summary>Whether a solve starts at the last acceleration. Default true.</summary>
    public bool WarmStart { get; init; } = true;

    /// <summary>
    /// Whether a body does not touch its parent, unless that is the world. Default true.
    /// </summary>
    public bool FilterParent { get; init; } = true;

    /// <summary>
    /// Contacts an env can hold; 0 for 128, or fewer if its pairs can make no more. More is an
    /// overflow, counted per env. MJCF: nconmax in size, where above 128.
    /// </summary>
    public int ContactMax { get; init; }
}
