using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// A symmetric matrix as LᵀDL, from the last dof to the first (Featherstone 2008, section 6.5). An
/// envelope gives the last row that column j of L reaches; there is no fill-in beyond it. The
/// envelope of the mass matrix is the tree itself: rows below j are the dofs that j carries, and
/// each of their entries is there.
/// </summary>
internal static class FactorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>The envelope of the mass matrix.</summary>
    public static TreeEnvelope<TIndex> Tree(in Env<T, TWork, TConst, TIndex> env) =>
        new(env.Topology, env.At.TopologyDofs + TopologySlots.DofLast);

    /// <summary>The envelope of the tile, which the solver keeps.</summary>
    public static TileEnvelope<T, TWork> Tile(in Env<T, TWork, TConst, TIndex> env) =>
        new(env.Work, env.At.Envelope);

    /// <summary>
    /// Factors a matrix plus diag(DiagonalShift) into Factor and InverseDiagonal.
    /// </summary>
    /// <param name="env">The env.</param>
    /// <param name="envelope">Where the matrix may have entries.</param>
    /// <param name="matrix">
    /// First slot: MassMatrix, or Factor to work in place. Lower triangle. Shape [dof, dof].
    /// </param>
    public static void Factor<TEnvelope>(
        in Env<T, TWork, TConst, TIndex> env, TEnvelope envelope, int matrix)
        where TEnvelope : struct, IEnvelope
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int i = n - 1; i >= 0; i--)
        {
            // Column i is finished: D_i = A_ii - Σ L_ki² D_k, and L_ki = (L D)_ki / D_k.
            int last = envelope.Last(i);
            T diagonal = work.Get(matrix + (i * n) + i) + work.Get(env.At.DiagonalShift + i);
            for (int k = i + 1; k <= last; k++)
            {
                int slot = env.At.Factor + (k * n) + i;
                T scaled = work.Get(slot);
                T entry = scaled * work.Get(env.At.InverseDiagonal + k);
                diagonal = T.Fnma(entry, scaled, diagonal);
                work.Set(slot, entry);
            }

            work.Set(env.At.InverseDiagonal + i, T.Of(1) / diagonal);

            // (L D)_ij = A_ij - Σ L_ki (L D)_kj.
            for (int j = i - 1; j >= 0; j--)
            {
                int reach = envelope.Last(j);
                if (reach >= i)
                {
                    T sum = work.Get(matrix + (i * n) + j);
                    int end = reach < last ? reach : last;
                    for (int k = i + 1; k <= end; k++)
                    {
                        int row = env.At.Factor + (k * n);
                        sum = T.Fnma(work.Get(row, i), work.Get(row, j), sum);
                    }

                    work.Set(env.At.Factor + (i * n) + j, sum);
                }
            }
        }
    }

    /// <summary>Solves with the last factor, in place.</summary>
    /// <param name="env">The env.</param>
    /// <param name="envelope">The envelope it was factored with.</param>
    /// <param name="vector">First slot: right-hand side in, solution out. Shape [dof].</param>
    public static void Solve<TEnvelope>(
        in Env<T, TWork, TConst, TIndex> env, TEnvelope envelope, int vector)
        where TEnvelope : struct, IEnvelope =>
        Solve(env, envelope, vector, env.At.Factor, env.At.InverseDiagonal);

    /// <summary>Solves with a factor, in place.</summary>
    /// <param name="env">The env.</param>
    /// <param name="envelope">The envelope it was factored with.</param>
    /// <param name="vector">First slot: right-hand side in, solution out. Shape [dof].</param>
    /// <param name="factor">First slot of L. Shape [dof, dof].</param>
    /// <param name="inverse">First slot of 1/D. Shape [dof].</param>
    public static void Solve<TEnvelope>(
        in Env<T, TWork, TConst, TIndex> env,
        TEnvelope envelope,
        int vector,
        int factor,
        int inverse)
        where TEnvelope : struct, IEnvelope
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int j = n - 1; j >= 0; j--)
        {
            int last = envelope.Last(j);
            T value = work.Get(vector, j);
            for (int k = j + 1; k <= last; k++)
            {
                value = T.Fnma(
                    work.Get(factor + (k * n) + j), work.Get(vector, k), value);
            }

            work.Set(vector, j, value);
        }

        for (int k = 0; k < n; k++)
        {
            work.Set(vector, k, work.Get(vector, k) * work.Get(inverse, k));
        }

        for (int j = 0; j < n; j++)
        {
            int last = envelope.Last(j);
            T value = work.Get(vector, j);
            for (int k = j + 1; k <= last; k++)
            {
                T entry = work.Get(factor + (k * n) + j);
                work.Set(vector, k, T.Fnma(entry, value, work.Get(vector, k)));
            }
        }
    }

    /// <summary>product = M · vector.</summary>
    /// <param name="env">The env.</param>
    /// <param name="vector">First slot of the vector. Shape [dof].</param>
    /// <param name="product">First slot of the product; another place. Shape [dof].</param>
    public static void MultiplyMass(
        in Env<T, TWork, TConst, TIndex> env, int vector, int product)
    {
        TWork work = env.Work;
        int n = env.At.DofCount;
        for (int i = n - 1; i >= 0; i--)
        {
            int last = env.Topology.Get(env.At.IndexOfDof(i, TopologySlots.DofLast));
            T own = work.Get(vector, i);
            T sum = work.Get(env.At.MassMatrix + (i * n) + i) * own;
            for (int k = i + 1; k <= last; k++)
            {
                T entry = work.Get(env.At.MassMatrix + (k * n) + i);
                sum = T.Fma(entry, work.Get(vector, k), sum);
                work.Set(product, k, T.Fma(entry, own, work.Get(product, k)));
            }

            work.Set(product, i, sum);
        }
    }
}
