using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// What a soft constraint becomes for a given time step (MuJoCo, engine_core_constraint.c): K and B
/// from solref, the impedance curve from solimp with its values held in [0.0001, 0.9999].
/// </summary>
internal readonly struct SoftRow
{
    private const double ImpedanceLowest = 0.0001;
    private const double ImpedanceHighest = 0.9999;
    private const double Smallest = 1e-15;

    public readonly double Stiffness;
    public readonly double Damping;
    public readonly double ImpedanceMin;
    public readonly double ImpedanceMax;
    public readonly double Width;
    public readonly double Midpoint;
    public readonly double Power;

    public SoftRow(SoftConstraint soft, double timeStep, bool referenceSafety)
    {
        double low = Hold(soft.ImpedanceMin);
        double high = Hold(soft.ImpedanceMax);
        double width = Math.Max(0, soft.Width);
        bool flat = low == high || width <= Smallest;
        ImpedanceMin = flat ? 0.5 * (low + high) : low;
        ImpedanceMax = flat ? 0.5 * (low + high) : high;
        Width = flat ? 1 : width;
        Midpoint = Hold(soft.Midpoint);
        Power = Math.Max(1, soft.Power);
        if (soft.Reference0 > 0)
        {
            double time = referenceSafety
                ? Math.Max(soft.Reference0, 2 * timeStep)
                : soft.Reference0;
            double ratio = soft.Reference1;
            Stiffness = 1 / Math.Max(Smallest, high * high * time * time * ratio * ratio);
            Damping = 2 / Math.Max(Smallest, high * time);
        }
        else
        {
            Stiffness = -soft.Reference0 / Math.Max(Smallest, high * high);
            Damping = -soft.Reference1 / Math.Max(Smallest, high);
        }
    }

    private static double Hold(double impedance) =>
        Math.Min(ImpedanceHighest, Math.Max(ImpedanceLowest, impedance));
}
