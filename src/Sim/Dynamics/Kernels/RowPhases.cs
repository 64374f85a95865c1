using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Soft-constraint rows of each dof: Coulomb friction, lower limit, upper limit. Each row acts on
/// one dof, with J = 1, 1, -1. MuJoCo's formulas (Computation chapter, "Constraint model"):
/// impedance d(r) from solimp, R = (1-d)/d · Â, D = 1/R, aref = -B J q̇ - K d (r - margin).
/// </summary>
internal static class RowPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // MuJoCo's mjMINVAL: the smallest regularisation.
    private const double RegularizationMin = 1e-15;

    /// <summary>D and aref of every row; D = 0 where the row is absent.</summary>
    public static void MakeRows(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int row = Layout.RowsPerDof * dof;
            int block = env.At.OfDof(dof, 0);
            T velocity = work.Get(env.At.Velocity + dof);
            work.Set(
                env.At.RowWeight + row,
                env.Constants.Get(block + ConstantSlots.FrictionWeight));
            work.Set(
                env.At.RowReference + row,
                -env.Constants.Get(block + ConstantSlots.FrictionDamping) * velocity);
            if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofHasLimit)) != 0)
            {
                int place = env.Topology.Get(
                    env.At.IndexOfDof(dof, TopologySlots.DofPosition));
                T position = work.Get(env.At.Position + place);
                T low = env.Constants.Get(block + ConstantSlots.RangeMin);
                T high = env.Constants.Get(block + ConstantSlots.RangeMax);
                MakeLimit(env, dof, LimitSide.Lower, position - low, velocity);
                MakeLimit(env, dof, LimitSide.Upper, high - position, -velocity);
            }
            else
            {
                work.Set(env.At.RowWeight + row + LimitSide.Lower, T.Of(0));
                work.Set(env.At.RowWeight + row + LimitSide.Upper, T.Of(0));
                work.Set(env.At.RowReference + row + LimitSide.Lower, T.Of(0));
                work.Set(env.At.RowReference + row + LimitSide.Upper, T.Of(0));
            }
        }
    }

    private static void MakeLimit(
        in Env<T, TWork, TConst, TIndex> env, int dof, int side, T distance, T velocity)
    {
        TWork work = env.Work;
        int block = env.At.OfDof(dof, 0);
        int row = (Layout.RowsPerDof * dof) + side;
        T inside = distance - env.Constants.Get(block + ConstantSlots.Margin);
        T impedance = Impedance(env, dof, T.Abs(inside));
        T regularization = (T.Of(1) - impedance)
            * env.Constants.Get(block + ConstantSlots.InverseWeight)
            / impedance;
        T weight = T.Of(1) / T.Max(T.Of(RegularizationMin), regularization);
        T pull = env.Constants.Get(block + ConstantSlots.LimitStiffness) * impedance * inside;
        T reference = -env.Constants.Get(block + ConstantSlots.LimitDamping) * velocity;
        work.Set(env.At.RowWeight + row, T.Where(-inside, weight, T.Of(0)));
        work.Set(env.At.RowReference + row, T.Where(-inside, reference - pull, T.Of(0)));
    }

    // x = |r - margin| / width, capped at 1; y = x^p / mid^(p-1) below the midpoint and
    // 1 - (1-x)^p / (1-mid)^(p-1) above it; d = d0 + y (dwidth - d0).
    private static T Impedance(in Env<T, TWork, TConst, TIndex> env, int dof, T violation)
    {
        int block = env.At.OfDof(dof, 0);
        T one = T.Of(1);
        T x = T.Min(violation * env.Constants.Get(block + ConstantSlots.InverseWidth), one);
        T rest = one - x;
        T below;
        T above;
        if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofHasSquareImpedance)) != 0)
        {
            below = x * x;
            above = rest * rest;
        }
        else
        {
            T power = env.Constants.Get(block + ConstantSlots.Power);
            below = T.Pow(x, power);
            above = T.Pow(rest, power);
        }

        below *= env.Constants.Get(block + ConstantSlots.BelowScale);
        above = T.Fnma(above, env.Constants.Get(block + ConstantSlots.AboveScale), one);
        T y = T.Where(x - env.Constants.Get(block + ConstantSlots.Midpoint), above, below);
        T low = env.Constants.Get(block + ConstantSlots.ImpedanceMin);
        T high = env.Constants.Get(block + ConstantSlots.ImpedanceMax);
        return T.Fma(y, high - low, low);
    }
}
