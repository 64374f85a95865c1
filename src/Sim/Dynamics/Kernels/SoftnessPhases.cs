using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The impedance of a soft row and the weight that follows from it (MuJoCo, Computation chapter,
/// "Constraint model"): d(r) from solimp, R = (1-d)/d · Â, D = 1/R.
/// </summary>
internal static class SoftnessPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: the smallest regularisation.
    private const double RegularizationMin = 1e-15;

    /// <summary>D = 1/R, R = (1-d)/d · Â.</summary>
    public static T Weight(T impedance, T inverseWeight) => T.Of(1) / T.Max(
        T.Of(RegularizationMin), (T.Of(1) - impedance) * inverseWeight / impedance);

    /// <summary>
    /// d: x = |r - margin| / width, capped at 1; y = x^p / mid^(p-1) below the midpoint and 1 -
    /// (1-x)^p / (1-mid)^(p-1) above it; d = d0 + y (dwidth - d0).
    /// </summary>
    /// <param name="env">The env.</param>
    /// <param name="curve">Constant slot of its <see cref="ImpedanceSlots"/>.</param>
    /// <param name="isSquare">Whether the power is 2.</param>
    /// <param name="violation">|r - margin|.</param>
    public static T Impedance(
        in Env<T, TWork, TConst, TIndex> env, int curve, bool isSquare, T violation)
    {
        T one = T.Of(1);
        T x = T.Min(violation * env.Constants.Get(curve + ImpedanceSlots.InverseWidth), one);
        T rest = one - x;
        T below;
        T above;
        if (isSquare)
        {
            below = x * x;
            above = rest * rest;
        }
        else
        {
            T power = env.Constants.Get(curve + ImpedanceSlots.Power);
            below = T.Pow(x, power);
            above = T.Pow(rest, power);
        }

        below *= env.Constants.Get(curve + ImpedanceSlots.BelowScale);
        above = T.Fnma(above, env.Constants.Get(curve + ImpedanceSlots.AboveScale), one);
        T y = T.Where(x - env.Constants.Get(curve + ImpedanceSlots.Midpoint), above, below);
        T low = env.Constants.Get(curve + ImpedanceSlots.Min);
        T high = env.Constants.Get(curve + ImpedanceSlots.Max);
        return T.Fma(y, high - low, low);
    }
}
