namespace HilRig.Sim.Models;

/// <summary>
/// MuJoCo's soft-constraint parameters. Reference (solref): time constant in s and damping ratio
/// when positive, -stiffness and -damping when negative. Impedance (solimp): d0, dwidth, width,
/// midpoint, power.
/// </summary>
/// <param name="Reference0">solref[0].</param>
/// <param name="Reference1">solref[1].</param>
/// <param name="ImpedanceMin">solimp[0], impedance at zero violation.</param>
/// <param name="ImpedanceMax">solimp[1], impedance at full width.</param>
/// <param name="Width">solimp[2], m or rad.</param>
/// <param name="Midpoint">solimp[3], where the curve bends, 0 to 1.</param>
/// <param name="Power">solimp[4], at least 1.</param>
public sealed record SoftConstraint(
    double Reference0,
    double Reference1,
    double ImpedanceMin,
    double ImpedanceMax,
    double Width,
    double Midpoint,
    double Power)
{
    /// <summary>MuJoCo's defaults.</summary>
    public static SoftConstraint Default => new(0.02, 1, 0.9, 0.95, 0.001, 0.5, 2);
}
