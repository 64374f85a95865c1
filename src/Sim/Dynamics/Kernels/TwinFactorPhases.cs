using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The mass matrix and the matrix of the implicit step, M + h diag(S), factored and solved side by
/// side: one pass over the same envelope, and two chains of operations that do not wait for one
/// another. The sums are those of FactorPhases, in the same order.
/// </summary>
internal static class TwinFactorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Factors both; ImplicitShift is what the second adds to the diagonal.</summary>
    public static void Factor(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int i = env.At.DofCount - 1; i >= 0; i--)
        {
            FinishColumn(env, i);
            FillRow(env, i);
        }
    }

    /// <summary>
    /// SmoothAcceleration = M⁻¹ smooth, Direction = (M + h diag(S))⁻¹ smooth.
    /// </summary>
    public static void Solve(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        TreeEnvelope<TIndex> tree = FactorPhases<T, TWork, TConst, TIndex>.Tree(env);
        int n = env.At.DofCount;
        int one = env.At.SmoothAcceleration;
        int two = env.At.Direction;
        for (int j = n - 1; j >= 0; j--)
        {
            int last = tree.Last(j);
            T a = work.Get(env.At.Smooth + j);
            T b = a;
            for (int k = j + 1; k <= last; k++)
            {
                int slot = (k * n) + j;
                a = T.Fnma(work.Get(env.At.Factor + slot), work.Get(one, k), a);
                b = T.Fnma(work.Get(env.At.ImplicitFactor + slot), work.Get(two, k), b);
            }

            work.Set(one, j, a);
            work.Set(two, j, b);
        }

        for (int k = 0; k < n; k++)
        {
            work.Set(one, k, work.Get(one, k) * work.Get(env.At.InverseDiagonal + k));
            work.Set(two, k, work.Get(two, k) * work.Get(env.At.ImplicitInverse + k));
        }

        for (int j = 0; j < n; j++)
        {
            int last = tree.Last(j);
            T a = work.Get(one, j);
            T b = work.Get(two, j);
            for (int k = j + 1; k <= last; k++)
            {
                int slot = (k * n) + j;
                work.Set(
                    one, k, T.Fnma(work.Get(env.At.Factor + slot), a, work.Get(one, k)));
                work.Set(
                    two, k,
                    T.Fnma(work.Get(env.At.ImplicitFactor + slot), b, work.Get(two, k)));
            }
        }
    }

    /// <summary>Solves with the implicit step's matrix for Direction, in place.</summary>
    public static void SolveImplicit(in Env<T, TWork, TConst, TIndex> env) =>
        FactorPhases<T, TWork, TConst, TIndex>.Solve(
            env,
            FactorPhases<T, TWork, TConst, TIndex>.Tree(env),
            env.At.Direction,
            env.At.ImplicitFactor,
            env.At.ImplicitInverse);

    private static void FinishColumn(in Env<T, TWork, TConst, TIndex> env, int i)
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        int last = FactorPhases<T, TWork, TConst, TIndex>.Tree(env).Last(i);
        T one = work.Get(env.At.MassMatrix + (i * n) + i);
        T two = one + work.Get(env.At.ImplicitShift + i);
        for (int k = i + 1; k <= last; k++)
        {
            int slot = (k * n) + i;
            T scaled = work.Get(env.At.Factor + slot);
            T entry = scaled * work.Get(env.At.InverseDiagonal + k);
            one = T.Fnma(entry, scaled, one);
            work.Set(env.At.Factor + slot, entry);
            scaled = work.Get(env.At.ImplicitFactor + slot);
            entry = scaled * work.Get(env.At.ImplicitInverse + k);
            two = T.Fnma(entry, scaled, two);
            work.Set(env.At.ImplicitFactor + slot, entry);
        }

        work.Set(env.At.InverseDiagonal + i, T.Of(1) / one);
        work.Set(env.At.ImplicitInverse + i, T.Of(1) / two);
    }

    private static void FillRow(in Env<T, TWork, TConst, TIndex> env, int i)
    {
        TWork work = env.Work;
        TreeEnvelope<TIndex> tree = FactorPhases<T, TWork, TConst, TIndex>.Tree(env);
        int n = env.At.DofCount;
        int last = tree.Last(i);
        for (int j = i - 1; j >= 0; j--)
        {
            int reach = tree.Last(j);
            if (reach >= i)
            {
                T one = work.Get(env.At.MassMatrix + (i * n) + j);
                T two = one;
                int end = reach < last ? reach : last;
                for (int k = i + 1; k <= end; k++)
                {
                    int row = k * n;
                    int left = env.At.Factor + row;
                    one = T.Fnma(work.Get(left, i), work.Get(left, j), one);
                    int right = env.At.ImplicitFactor + row;
                    two = T.Fnma(work.Get(right, i), work.Get(right, j), two);
                }

                work.Set(env.At.Factor + (i * n) + j, one);
                work.Set(env.At.ImplicitFactor + (i * n) + j, two);
            }
        }
    }
}
