using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The constrained acceleration: the minimum of ½ (x - a0)ᵀ M (x - a0) + Σ s(J x - aref), where s
/// is ½ D y² on a limit with y below 0, and Huber's function on friction: ½ D y² while |D y| is
/// below the friction loss η, linear beyond. Convex and piecewise quadratic, so Newton with an
/// exact line search ends after finitely many steps: once a step keeps every row in its piece, it
/// has landed on the minimum (MuJoCo, engine_solver.c; here rows act on single dofs and H = M +
/// diag).
/// </summary>
internal static class NewtonPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // A step this small against the acceleration is rounding.
    private const double StepMin = 1e-14;
    private const double SlopeMin = 1e-12;
    private const int SearchMax = 32;

    /// <summary>a0 = M⁻¹ smooth, and the start of the search there.</summary>
    public static void SmoothAcceleration(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(env.At.DiagonalShift + dof, T.Of(0));
            work.Set(env.At.SmoothAcceleration + dof, work.Get(env.At.Smooth + dof));
        }

        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.MassMatrix);
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.SmoothAcceleration);
        T anyRow = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(
                env.At.Acceleration + dof, work.Get(env.At.SmoothAcceleration + dof));
            work.Set(env.At.ConstraintForce + dof, T.Of(0));
            for (int k = 0; k < Layout.RowsPerDof; k++)
            {
                int row = (Layout.RowsPerDof * dof) + k;
                anyRow += work.Get(env.At.RowWeight + row);

                // No row has this state, so the first step is never the last.
                work.Set(env.At.RowState + row, T.Of(2));
            }
        }

        work.Set(env.At.Unsolved, T.Where(anyRow, T.Of(1), T.Of(0)));
    }

    /// <summary>One Newton step; clears Unsolved in the lanes that have arrived.</summary>
    public static void Iterate(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T unsolved = work.Get(env.At.Unsolved);
        T moved = Evaluate(env);
        FactorPhases<T, TWork, TConst, TIndex>.Factor(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.MassMatrix);
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env, FactorPhases<T, TWork, TConst, TIndex>.Tree(env), env.At.Direction);
        T length = SearchLine(env, T.Where(moved, unsolved, T.Of(0)));

        // No row has changed its piece: this full step only mends rounding.
        length = T.Where(moved, length, unsolved);
        T step = T.Of(0);
        T size = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T change = length * work.Get(env.At.Direction + dof);
            T value = work.Get(env.At.Acceleration + dof) + change;
            work.Set(env.At.Acceleration + dof, value);
            step = T.Fma(change, change, step);
            size = T.Fma(value, value, size);
        }

        T going = T.Where(step - (T.Of(StepMin * StepMin) * size), unsolved, T.Of(0));
        work.Set(env.At.Unsolved, T.Where(moved, going, T.Of(0)));
    }

    /// <summary>Jᵀ f at the solution.</summary>
    public static void ConstraintForce(in Env<T, TWork, TConst, TIndex> env) => Evaluate(env);

    // Residuals, pieces, forces, gradient and Hessian diagonal at the present acceleration; the
    // direction is set to minus the gradient. Returns how many rows have changed their piece.
    private static T Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        FactorPhases<T, TWork, TConst, TIndex>.MultiplyMass(
            env, env.At.Acceleration, env.At.Product);
        T moved = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T force = T.Of(0);
            T curvature = T.Of(0);
            T acceleration = work.Get(env.At.Acceleration + dof);
            moved += AddFriction(env, dof, acceleration, ref force, ref curvature);
            moved += AddLimit(env, dof, LimitSide.Lower, T.Of(1), ref force, ref curvature);
            moved += AddLimit(env, dof, LimitSide.Upper, T.Of(-1), ref force, ref curvature);
            T gradient = work.Get(env.At.Product + dof) - work.Get(env.At.Smooth + dof) - force;
            work.Set(env.At.ConstraintForce + dof, force);
            work.Set(env.At.DiagonalShift + dof, curvature);
            work.Set(env.At.Gradient + dof, gradient);
            work.Set(env.At.Direction + dof, -gradient);
        }

        return moved;
    }

    private static T AddFriction(
        in Env<T, TWork, TConst, TIndex> env, int dof, T acceleration, ref T force, ref T curvature)
    {
        TWork work = env.Work;
        int row = Layout.RowsPerDof * dof;
        T weight = work.Get(env.At.RowWeight + row);
        T loss = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.FrictionLoss));
        T residual = acceleration - work.Get(env.At.RowReference + row);
        T wanted = -weight * residual;
        T beyond = T.Where(T.Abs(wanted) - loss, T.Of(1), T.Of(0));
        T state = T.Where(wanted, beyond, -beyond);
        work.Set(env.At.RowResidual + row, residual);
        force += T.Min(T.Max(wanted, -loss), loss);
        curvature += weight * (T.Of(1) - beyond);
        return Moved(env, row, state);
    }

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
        T active = T.Where(-residual, T.Of(1), T.Of(0)) * T.Where(weight, T.Of(1), T.Of(0));
        work.Set(env.At.RowResidual + row, residual);
        force -= jacobian * active * weight * residual;
        curvature += active * weight;
        return Moved(env, row, active);
    }

    private static T Moved(in Env<T, TWork, TConst, TIndex> env, int row, T state)
    {
        T change = T.Abs(state - env.Work.Get(env.At.RowState + row));
        env.Work.Set(env.At.RowState + row, state);
        return change;
    }

    // The zero of the slope along the direction: piecewise linear and rising. Newton inside a
    // shrinking bracket; bisection where Newton leaves it or does not halve the slope (it can jump
    // between two pieces for ever). Returns 0 in the lanes that do not search.
    private static T SearchLine(in Env<T, TWork, TConst, TIndex> env, T searching)
    {
        TWork work = env.Work;
        FactorPhases<T, TWork, TConst, TIndex>.MultiplyMass(env, env.At.Direction, env.At.Product);
        T slope0 = T.Of(0);
        T massCurvature = T.Of(0);
        T massSlope = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T direction = work.Get(env.At.Direction + dof);
            T gradient = work.Get(env.At.Gradient + dof);
            slope0 = T.Fma(gradient, direction, slope0);
            massSlope = T.Fma(
                gradient + work.Get(env.At.ConstraintForce + dof), direction, massSlope);
            massCurvature = T.Fma(work.Get(env.At.Product + dof), direction, massCurvature);
        }

        T length = T.Of(1);
        T low = T.Of(0);
        T high = T.Of(double.MaxValue);
        T last = T.Of(double.MaxValue);
        T active = searching;
        for (int k = 0; k < SearchMax && T.Any(active); k++)
        {
            T slope = T.Fma(massCurvature, length, massSlope);
            T curvature = massCurvature;
            AddRowSlopes(env, length, ref slope, ref curvature);
            T still = T.Abs(slope) - (T.Of(SlopeMin) * T.Abs(slope0));
            active = T.Where(still, active, T.Of(0));
            low = T.Where(slope, low, length);
            high = T.Where(slope, length, high);
            T bounded = T.Where(T.Of(double.MaxValue / 2) - high, T.Of(1), T.Of(0));
            T newton = length - (slope / curvature);
            T middle = T.Of(0.5) * (low + high);
            T outside = T.Max(low - newton, newton - high);
            T slow = T.Fnma(T.Of(0.5), last, T.Abs(slope));
            T bisect = T.Where(T.Max(outside, slow), bounded, T.Of(0));
            last = T.Abs(slope);
            length = T.Where(active, T.Where(bisect, middle, newton), length);
        }

        return T.Where(searching, length, T.Of(0));
    }

    private static void AddRowSlopes(
        in Env<T, TWork, TConst, TIndex> env, T length, ref T slope, ref T curvature)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T direction = work.Get(env.At.Direction + dof);
            int row = Layout.RowsPerDof * dof;
            T weight = work.Get(env.At.RowWeight + row);
            T loss = env.Constants.Get(env.At.OfDof(dof, ConstantSlots.FrictionLoss));
            T wanted = weight * T.Fma(length, direction, work.Get(env.At.RowResidual + row));
            T inside = T.Where(T.Abs(wanted) - loss, T.Of(0), T.Of(1));
            slope = T.Fma(T.Min(T.Max(wanted, -loss), loss), direction, slope);
            curvature = T.Fma(inside * weight * direction, direction, curvature);
            for (int side = 1; side < Layout.RowsPerDof; side++)
            {
                T along = side == LimitSide.Lower ? direction : -direction;
                T limitWeight = work.Get(env.At.RowWeight + row + side);
                T residual = T.Fma(length, along, work.Get(env.At.RowResidual + row + side));
                T weighted = T.Where(-residual, limitWeight, T.Of(0));
                slope = T.Fma(weighted * residual, along, slope);
                curvature = T.Fma(weighted * along, along, curvature);
            }
        }
    }
}
