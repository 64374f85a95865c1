using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// LᵀDL of the mass matrix plus a diagonal, from the tips inwards. A tree needs no fill-in
/// (Featherstone 2008, section 6.5): row i of L has entries at the ancestors of i only, and any
/// diagonal keeps that pattern.
/// </summary>
internal static class FactorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Factors M + diag(DiagonalShift).</summary>
    public static void Factor(in Env<T, TWork, TConst, TIndex> env)
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int i = 0; i < n; i++)
        {
            int row = i * n;
            T diagonal = work.Get(env.At.MassMatrix + row + i);
            work.Set(env.At.Factor + row + i, diagonal + work.Get(env.At.DiagonalShift + i));
            for (int j = Above(env, i); j >= 0; j = Above(env, j))
            {
                work.Set(env.At.Factor + row + j, work.Get(env.At.MassMatrix + row + j));
            }
        }

        for (int k = n - 1; k >= 0; k--)
        {
            T inverse = T.Of(1) / work.Get(env.At.Factor + (k * n) + k);
            work.Set(env.At.InverseDiagonal + k, inverse);
            for (int i = Above(env, k); i >= 0; i = Above(env, i))
            {
                T ratio = work.Get(env.At.Factor + (k * n) + i) * inverse;
                for (int j = i; j >= 0; j = Above(env, j))
                {
                    int slot = env.At.Factor + (i * n) + j;
                    T entry = work.Get(env.At.Factor + (k * n) + j);
                    work.Set(slot, T.Fnma(ratio, entry, work.Get(slot)));
                }

                work.Set(env.At.Factor + (k * n) + i, ratio);
            }
        }
    }

    /// <summary>Solves with the last factor, in place.</summary>
    /// <param name="env">The env.</param>
    /// <param name="vector">First slot: right-hand side in, solution out. Shape [dof].</param>
    public static void Solve(in Env<T, TWork, TConst, TIndex> env, int vector)
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int i = n - 1; i >= 0; i--)
        {
            T value = work.Get(vector + i);
            for (int j = Above(env, i); j >= 0; j = Above(env, j))
            {
                work.Set(
                    vector + j,
                    T.Fnma(work.Get(env.At.Factor + (i * n) + j), value, work.Get(vector + j)));
            }
        }

        for (int i = 0; i < n; i++)
        {
            T value = work.Get(vector + i) * work.Get(env.At.InverseDiagonal + i);
            for (int j = Above(env, i); j >= 0; j = Above(env, j))
            {
                value = T.Fnma(work.Get(env.At.Factor + (i * n) + j), work.Get(vector + j), value);
            }

            work.Set(vector + i, value);
        }
    }

    /// <summary>product = M · vector.</summary>
    /// <param name="env">The env.</param>
    /// <param name="vector">First slot of the vector. Shape [dof].</param>
    /// <param name="product">First slot of the product. Shape [dof].</param>
    public static void MultiplyMass(
        in Env<T, TWork, TConst, TIndex> env, int vector, int product)
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int i = 0; i < n; i++)
        {
            int row = env.At.MassMatrix + (i * n);
            T own = work.Get(vector + i);
            T sum = work.Get(row + i) * own;
            for (int j = Above(env, i); j >= 0; j = Above(env, j))
            {
                T entry = work.Get(row + j);
                sum = T.Fma(entry, work.Get(vector + j), sum);
                work.Set(product + j, T.Fma(entry, own, work.Get(product + j)));
            }

            work.Set(product + i, sum);
        }
    }

    private static int Above(in Env<T, TWork, TConst, TIndex> env, int dof) =>
        env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofParent));
}
