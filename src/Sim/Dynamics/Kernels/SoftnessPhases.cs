using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The impedance of a soft row and the weight that follows from it (MuJoCo, Computation chapter,
/// "Constraint model"): d(r) from solimp, R = (1-d)/d · Â, D = 1/R; and what both follow from, with
/// the values of solimp held in [0.0001, 0.9999].
/// </summary>
internal static class SoftnessPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: the smallest regularisation.
    private const double Smallest = 1e-15;
    private const double ImpedanceLowest = 0.0001;
    private const double ImpedanceHighest = 0.9999;

    /// <summary>
    /// K and B from solref, the curve's numbers from solimp: K = 1/(d² t² ζ²), B = 2/(d t), or
    /// -solref/d² and -solref/d. Writes constants; not part of a step.
    /// </summary>
    /// <param name="env">The env.</param>
    /// <param name="reference">Slot of solref [2].</param>
    /// <param name="impedance">Slot of solimp [5].</param>
    /// <param name="stiffness">Slot of K; that of B follows.</param>
    /// <param name="curve">Slot of <see cref="ImpedanceSlots"/>.</param>
    public static void Derive(
        in Env<T, TWork, TConst, TIndex> env,
        int reference,
        int impedance,
        int stiffness,
        int curve)
    {
        T high = Hold(env.Constants.Get(impedance, 1));
        T given = env.Constants.Get(reference);
        T ratio = env.Constants.Get(reference, 1);
        T time = T.Max(given, ShortestTime(env));
        T product = high * time * ratio;
        T standard = T.Of(1) / T.Max(T.Of(Smallest), product * product);
        env.Constants.Set(stiffness, T.Where(given, standard, -given / (high * high)));
        env.Constants.Set(
            stiffness, 1,
            T.Where(given, T.Of(2) / T.Max(T.Of(Smallest), high * time), -ratio / high));
        Shape(env, impedance, curve);
    }

    /// <summary>Shortest time constant: two steps, when the model holds it there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ShortestTime(in Env<T, TWork, TConst, TIndex> env)
    {
        bool isSafe = env.Topology.Get(env.At.Contacts.TopologyOptions) != 0;
        return isSafe ? T.Of(2) * env.Constants.Get(ConstantSlots.TimeStep) : T.Of(0);
    }

    /// <summary>An impedance within its bounds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Hold(T impedance) =>
        T.Min(T.Of(ImpedanceHighest), T.Max(T.Of(ImpedanceLowest), impedance));

    /// <summary>D = 1/R, R = (1-d)/d · Â.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Weight(T impedance, T inverseWeight) => T.Of(1) / T.Max(
        T.Of(Smallest), (T.Of(1) - impedance) * inverseWeight / impedance);

    /// <summary>
    /// d: x = |r - margin| / width, capped at 1; y = x^p / mid^(p-1) below the midpoint and 1 -
    /// (1-x)^p / (1-mid)^(p-1) above it; d = d0 + y (dwidth - d0).
    /// </summary>
    /// <param name="env">The env.</param>
    /// <param name="curve">Constant slot of its <see cref="ImpedanceSlots"/>.</param>
    /// <param name="isSquare">Whether the power is 2.</param>
    /// <param name="violation">|r - margin|.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    // A flat curve has its mean at both ends.
    private static void Shape(in Env<T, TWork, TConst, TIndex> env, int impedance, int curve)
    {
        T low = Hold(env.Constants.Get(impedance));
        T high = Hold(env.Constants.Get(impedance, 1));
        T width = T.Max(T.Of(0), env.Constants.Get(impedance, 2));
        T middle = Hold(env.Constants.Get(impedance, 3));
        T power = T.Max(T.Of(1), env.Constants.Get(impedance, 4));
        T curved = T.Where(T.Abs(high - low), T.Of(1), T.Of(0))
            * T.Where(width - T.Of(Smallest), T.Of(1), T.Of(0));
        T mean = T.Of(0.5) * (low + high);
        T inverse = T.Of(1) / T.Where(curved, width, T.Of(1));
        T rest = power - T.Of(1);
        env.Constants.Set(curve + ImpedanceSlots.Min, T.Where(curved, low, mean));
        env.Constants.Set(curve + ImpedanceSlots.Max, T.Where(curved, high, mean));
        env.Constants.Set(curve + ImpedanceSlots.InverseWidth, inverse);
        env.Constants.Set(curve + ImpedanceSlots.Midpoint, middle);
        env.Constants.Set(curve + ImpedanceSlots.Power, power);
        env.Constants.Set(
            curve + ImpedanceSlots.BelowScale, T.Of(1) / T.Pow(middle, rest));
        env.Constants.Set(
            curve + ImpedanceSlots.AboveScale, T.Of(1) / T.Pow(T.Of(1) - middle, rest));
    }
}
