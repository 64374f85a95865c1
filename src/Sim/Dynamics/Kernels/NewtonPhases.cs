using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The constrained acceleration: the minimum of ½ (x - a0)ᵀ M (x - a0) + Σ s(J x - aref), with s
/// the cost of each row or block (<see cref="CostShape"/>). Convex, and but for sliding cones
/// piecewise quadratic, so Newton with an exact line search ends after finitely many steps: once a
/// full step keeps every row in its piece, it has landed on the minimum (MuJoCo, engine_solver.c).
/// The last step is always a full one from the minimum: it mends rounding, and in dual numbers it
/// makes the tangent that of the implicit function theorem.
/// </summary>
internal static class NewtonPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // gᵀH⁻¹g this small against the energy of the accelerations is rounding, in units of the last
    // place squared.
    private const double Rounding = 32;

    // Steps after which it counts as more, step by step: curved cones in float32 may circle.
    private const double PatientSteps = 6;

    /// <summary>a0 = M⁻¹ smooth.</summary>
    public static void SmoothAcceleration(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(env.At.DiagonalShift + dof, T.Of(0));
            work.Set(env.At.SmoothAcceleration + dof, work.Get(env.At.Smooth + dof));
        }

        TreeEnvelope<TIndex> tree = FactorPhases<T, TWork, TConst, TIndex>.Tree(env);
        FactorPhases<T, TWork, TConst, TIndex>.Factor(env, tree, env.At.MassMatrix);
        FactorPhases<T, TWork, TConst, TIndex>.Solve(env, tree, env.At.SmoothAcceleration);
    }

    /// <summary>
    /// Where the search begins: the last acceleration in lanes that have a row, else a0, which is
    /// the solution there.
    /// </summary>
    public static void Begin(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T anyRow = work.Get(env.At.RowSum);
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            anyRow += work.Get(BlockPhases<T, TWork, TConst, TIndex>.Read(env, i).Weight);
        }

        bool hasRows = T.Any(anyRow);
        work.SetIndex(env.At.HasRows, hasRows ? 1 : 0);
        if (!hasRows)
        {
            StandFree(env);
            return;
        }

        for (int row = 0; row < Layout.RowsPerDof * env.At.DofCount; row++)
        {
            // No row has this state, so the first step is never the last.
            work.Set(env.At.RowState + row, T.Of(2));
        }

        bool isWarm = env.Topology.Get(env.At.Constraints.TopologyOptions, 1) != 0;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T free = work.Get(env.At.SmoothAcceleration + dof);
            T last = isWarm ? work.Get(env.At.Warmstart + dof) : free;
            work.Set(env.At.Acceleration + dof, T.Where(anyRow, last, free));
            work.Set(env.At.ConstraintForce + dof, T.Of(0));
        }

        work.Set(env.At.Constraints.Doubt, T.Of(0));
        work.Set(env.At.Unsolved, T.Where(anyRow, T.Of(1), T.Of(0)));
    }

    private static void StandFree(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            work.Set(env.At.Acceleration + dof, work.Get(env.At.SmoothAcceleration + dof));
            work.Set(env.At.ConstraintForce + dof, T.Of(0));
        }

        work.Set(env.At.Unsolved, T.Of(0));
    }

    /// <summary>
    /// Gradient of the cost from the forces of all rows; the direction is set to minus the
    /// gradient.
    /// </summary>
    public static void Gradient(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        FactorPhases<T, TWork, TConst, TIndex>.MultiplyMass(
            env, env.At.Acceleration, env.At.Product);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T gradient = work.Get(env.At.Product + dof)
                - work.Get(env.At.Smooth + dof)
                - work.Get(env.At.ConstraintForce + dof);
            work.Set(env.At.Gradient + dof, gradient);
            work.Set(env.At.Direction + dof, -gradient);
        }
    }

    /// <summary>
    /// Which lanes take their last step now, a full one: those whose rows kept their pieces on no
    /// curved cone, and those whose gradient is rounding. The others search.
    /// </summary>
    public static void Judge(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T decrement = T.Of(0);
        T energy = T.Of(0);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T gradient = work.Get(env.At.Gradient + dof);
            decrement = T.Fnma(gradient, work.Get(env.At.Direction + dof), decrement);
            T free = work.Get(env.At.Smooth + dof)
                * work.Get(env.At.SmoothAcceleration + dof);
            T own = work.Get(env.At.Acceleration + dof) * work.Get(env.At.Product + dof);
            energy += T.Abs(free) + T.Abs(own);
        }

        T doubt = work.Get(env.At.Constraints.Doubt) + T.Of(1);
        work.Set(env.At.Constraints.Doubt, doubt);
        T growth = T.Max(T.Of(1), doubt - T.Of(PatientSteps));
        T rounding =
            T.Of(Rounding) * growth * SearchPhases<T, TWork, TConst, TIndex>.Precision();
        T moved = work.Get(env.At.Constraints.Moved) + work.Get(env.At.Constraints.Curved);
        T large = decrement - (rounding * rounding * energy);
        T search = T.Where(moved, T.Where(large, T.Of(1), T.Of(0)), T.Of(0));
        T going = T.Where(search, work.Get(env.At.Unsolved), T.Of(0));
        work.Set(env.At.Constraints.Searching, going);
        work.Set(env.At.Constraints.Going, going);
        work.Set(env.At.Constraints.Length, T.Of(1));
    }

    /// <summary>
    /// Goes Length along the direction in the unsolved lanes; those that did not search have
    /// arrived.
    /// </summary>
    public static void Advance(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        T unsolved = work.Get(env.At.Unsolved);
        T length = work.Get(env.At.Constraints.Length);
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            T value = work.Get(env.At.Acceleration + dof);
            T next = T.Fma(length, work.Get(env.At.Direction + dof), value);
            work.Set(env.At.Acceleration + dof, T.Where(unsolved, next, value));
        }

        work.Set(env.At.Unsolved, work.Get(env.At.Constraints.Going));
    }
}
