using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Soft-constraint rows of each dof: Coulomb friction, lower limit, upper limit. Each row acts on
/// one dof, with J = 1, 1, -1 (MuJoCo, Computation chapter, "Constraint model"): aref = -B J q̇ -
/// K d (r - margin), and of friction -B q̇.
/// </summary>
internal static class RowPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>D and aref of every row; D = 0 where the row is absent.</summary>
    public static void MakeRows(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        work.Set(env.At.RowSum, T.Of(0));
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int row = Layout.RowsPerDof * dof;
            int block = env.At.OfDof(dof, 0);
            T velocity = work.Get(env.At.Velocity + dof);
            T friction = env.Constants.Get(block, ConstantSlots.FrictionWeight);
            work.Set(env.At.RowWeight + row, friction);
            work.SetIndex(env.At.DofHasRow + dof, 0);
            if (T.Any(friction))
            {
                work.SetIndex(env.At.DofHasRow + dof, 1);
                work.Set(env.At.RowSum, work.Get(env.At.RowSum) + friction);
            }

            work.Set(
                env.At.RowReference + row,
                -env.Constants.Get(block, ConstantSlots.FrictionDamping) * velocity);
            if (env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofHasLimit)) != 0)
            {
                LookForLimit(env, dof, LimitSide.Lower);
                LookForLimit(env, dof, LimitSide.Upper);
            }
            else
            {
                work.Set(env.At.RowWeight + row, LimitSide.Lower, T.Of(0));
                work.Set(env.At.RowWeight + row, LimitSide.Upper, T.Of(0));
                work.Set(env.At.RowReference + row, LimitSide.Lower, T.Of(0));
                work.Set(env.At.RowReference + row, LimitSide.Upper, T.Of(0));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LookForLimit(
        in Env<T, TWork, TConst, TIndex> env, int dof, int side)
    {
        if (T.Any(-Inside(env, dof, side)))
        {
            MakeLimit(env, dof, side);
            return;
        }

        int row = (Layout.RowsPerDof * dof) + side;
        env.Work.Set(env.At.RowWeight + row, T.Of(0));
        env.Work.Set(env.At.RowReference + row, T.Of(0));
    }

    // What is left to the limit and its margin.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Inside(in Env<T, TWork, TConst, TIndex> env, int dof, int side)
    {
        int block = env.At.OfDof(dof, 0);
        int place = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofPosition));
        T position = env.Work.Get(env.At.Position + place);
        T distance = side == LimitSide.Lower
            ? position - env.Constants.Get(block, ConstantSlots.RangeMin)
            : env.Constants.Get(block, ConstantSlots.RangeMax) - position;
        return distance - env.Constants.Get(block, ConstantSlots.Margin);
    }

    private static void MakeLimit(in Env<T, TWork, TConst, TIndex> env, int dof, int side)
    {
        TWork work = env.Work;
        int block = env.At.OfDof(dof, 0);
        int row = (Layout.RowsPerDof * dof) + side;
        T inside = Inside(env, dof, side);
        T velocity = work.Get(env.At.Velocity + dof);
        velocity = side == LimitSide.Lower ? velocity : -velocity;
        bool isSquare = env.Topology.Get(
            env.At.IndexOfDof(dof, TopologySlots.DofHasSquareImpedance)) != 0;
        T impedance = SoftnessPhases<T, TWork, TConst, TIndex>.Impedance(
            env, block + ConstantSlots.ImpedanceMin, isSquare, T.Abs(inside));
        T weight = SoftnessPhases<T, TWork, TConst, TIndex>.Weight(
            impedance, env.Constants.Get(block, ConstantSlots.InverseWeight));
        T pull = env.Constants.Get(block, ConstantSlots.LimitStiffness) * impedance * inside;
        T reference = -env.Constants.Get(block, ConstantSlots.LimitDamping) * velocity;
        work.SetIndex(env.At.DofHasRow + dof, 1);
        weight = T.Where(-inside, weight, T.Of(0));
        work.Set(env.At.RowWeight + row, weight);
        work.Set(env.At.RowSum, work.Get(env.At.RowSum) + weight);
        work.Set(env.At.RowReference + row, T.Where(-inside, reference - pull, T.Of(0)));
    }
}
