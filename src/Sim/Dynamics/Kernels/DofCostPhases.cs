using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Cost of the rows that act on one dof: Coulomb friction, lower and upper limit. J is 1, 1, -1, so
/// the Hessian is a diagonal, DiagonalShift.
/// </summary>
internal static class DofCostPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>
    /// Residuals, pieces and forces at the present acceleration; begins the sums of constraint
    /// force and of moves that the blocks add to.
    /// </summary>
    public static void Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T moved = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T force = T.Of(0);
            T curvature = T.Of(0);
            if (work.GetIndex(env.At.DofHasRow + dof) == 0)
            {
                work.Set(env.At.ConstraintForce + dof, force);
                work.Set(env.At.DiagonalShift + dof, curvature);
                continue;
            }

            moved += AddFriction(env, dof, ref force, ref curvature);
            moved += AddLimit(env, dof, LimitSide.Lower, T.Of(1), ref force, ref curvature);
            moved += AddLimit(env, dof, LimitSide.Upper, T.Of(-1), ref force, ref curvature);
            work.Set(env.At.ConstraintForce + dof, force);
            work.Set(env.At.DiagonalShift + dof, curvature);
        }

        work.Set(env.At.Constraints.Moved, moved);
        work.Set(env.At.Constraints.Curved, T.Of(0));
    }

    /// <summary>Adds slope and curvature at the present length of the step.</summary>
    public static void AddSlopes(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T length = work.Get(env.At.Constraints.Length);
        T slope = work.Get(env.At.Constraints.Slope);
        T curvature = work.Get(env.At.Constraints.SlopeCurvature);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            if (work.GetIndex(env.At.DofHasRow + dof) == 0)
            {
                continue;
            }

            T direction = work.Get(env.At.Direction + dof);
            int row = Layout.RowsPerDof * dof;
            T weight = work.Get(env.At.RowWeight + row);
            T loss = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.FrictionLoss));
            T wanted = weight * T.Fma(length, direction, work.Get(env.At.RowResidual + row));
            T inside = T.Where(T.Abs(wanted) - loss, T.Of(0), weight);
            slope = T.Fma(T.Min(T.Max(wanted, -loss), loss), direction, slope);
            curvature = T.Fma(inside * direction, direction, curvature);
            for (int side = 1; side < Layout.RowsPerDof; side++)
            {
                T along = side == LimitSide.Lower ? direction : -direction;
                T limitWeight = work.Get(env.At.RowWeight + row + side);
                T residual = T.Fma(length, along, work.Get(env.At.RowResidual + row + side));
                T weighted = T.Where(-residual, limitWeight, T.Of(0)) * along;
                slope = T.Fma(weighted, residual, slope);
                curvature = T.Fma(weighted, along, curvature);
            }
        }

        work.Set(env.At.Constraints.Slope, slope);
        work.Set(env.At.Constraints.SlopeCurvature, curvature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddFriction(
        in Env<T, TWork, TConst, TIndex> env, int dof, ref T force, ref T curvature)
    {
        TWork work = env.Work;
        int row = Layout.RowsPerDof * dof;
        T weight = work.Get(env.At.RowWeight + row);
        T loss = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.FrictionLoss));
        T residual =
            work.Get(env.At.Acceleration + dof) - work.Get(env.At.RowReference + row);
        T wanted = -weight * residual;
        T beyond = T.Where(T.Abs(wanted) - loss, T.Of(1), T.Of(0));
        work.Set(env.At.RowResidual + row, residual);
        force += T.Min(T.Max(wanted, -loss), loss);
        curvature += weight * (T.Of(1) - beyond);
        return Moved(env, row, T.Where(wanted, beyond, -beyond));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T AddLimit(
        in Env<T, TWork, TConst, TIndex> env,
        int dof,
        int side,
        T jacobian,
        ref T force,
        ref T curvature)
    {
        TWork work = env.Work;
        int row = (Layout.RowsPerDof * dof) + side;
        T weight = work.Get(env.At.RowWeight + row);
        T residual = T.Fma(
            jacobian,
            work.Get(env.At.Acceleration + dof),
            -work.Get(env.At.RowReference + row));
        T active = T.Where(-residual, weight, T.Of(0));
        work.Set(env.At.RowResidual + row, residual);
        force -= jacobian * active * residual;
        curvature += active;
        return Moved(env, row, T.Where(active, T.Of(1), T.Of(0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Moved(in Env<T, TWork, TConst, TIndex> env, int row, T state)
    {
        T change = T.Abs(state - env.Work.Get(env.At.RowState + row));
        env.Work.Set(env.At.RowState + row, state);
        return change;
    }
}
