using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The Hessian of the solve, H = M + diag + Σ Jᵀ K J. A column reaches as far down as the tree goes
/// below it, or as far as a block of this step couples it.
/// </summary>
internal static class HessianPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>How far each column reaches, given the blocks of this step.</summary>
    public static void Reach(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int dof = 0; dof < env.At.DofCount; dof++)
        {
            int last = env.Topology.Get(env.At.IndexOfDof(dof, TopologySlots.DofLast));
            env.Work.SetIndex(env.At.Envelope + dof, last);
        }

        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            int last = env.Topology.Get(block.Dofs + block.DofCount - 1);
            for (int k = 0; k < block.DofCount; k++)
            {
                int slot = env.At.Envelope + env.Topology.Get(block.Dofs + k);
                int known = env.Work.GetIndex(slot);
                env.Work.SetIndex(slot, known > last ? known : last);
            }
        }
    }

    /// <summary>M in the place of the factor, 0 where only blocks reach.</summary>
    public static void Load(in Env<T, TWork, TConst, TIndex> env)
    {
        int n = env.At.DofCount;
        for (int j = 0; j < n; j++)
        {
            int tree = env.Topology.Get(env.At.IndexOfDof(j, TopologySlots.DofLast));
            int last = env.Work.GetIndex(env.At.Envelope + j);
            for (int i = j; i <= tree; i++)
            {
                int slot = (i * n) + j;
                env.Work.Set(env.At.Factor + slot, env.Work.Get(env.At.MassMatrix + slot));
            }

            for (int i = tree + 1; i <= last; i++)
            {
                env.Work.Set(env.At.Factor + (i * n) + j, T.Of(0));
            }
        }
    }

    /// <summary>Adds Jᵀ K J of every block that pushes in any lane.</summary>
    public static void AddBlocks(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (!T.Any(env.Work.Get(block.Curvature)))
            {
                continue;
            }

            for (int k = 0; k < block.DofCount; k++)
            {
                if (block.Dimension == 3)
                {
                    AddRow3(env, block, k);
                }
                else
                {
                    AddRow(env, block, k);
                }
            }
        }
    }

    // Row of dof k of the block: t = K J_k, then t · J_l for every l up to k.
    private static void AddRow3(in Env<T, TWork, TConst, TIndex> env, in Block block, int k)
    {
        int column = block.Jacobian + (3 * k);
        T x = env.Work.Get(column);
        T y = env.Work.Get(column, 1);
        T z = env.Work.Get(column, 2);
        T xy = env.Work.Get(block.Curvature, 1);
        T xz = env.Work.Get(block.Curvature, 3);
        T yz = env.Work.Get(block.Curvature, 4);
        T a = T.Fma(env.Work.Get(block.Curvature), x, T.Fma(xy, y, xz * z));
        T b = T.Fma(xy, x, T.Fma(env.Work.Get(block.Curvature, 2), y, yz * z));
        T c = T.Fma(xz, x, T.Fma(yz, y, env.Work.Get(block.Curvature, 5) * z));
        int row = env.At.Factor + (env.At.DofCount * env.Topology.Get(block.Dofs + k));
        for (int l = 0; l <= k; l++)
        {
            int slot = row + env.Topology.Get(block.Dofs + l);
            int other = block.Jacobian + (3 * l);
            T sum = T.Fma(a, env.Work.Get(other), env.Work.Get(slot));
            sum = T.Fma(b, env.Work.Get(other, 1), sum);
            env.Work.Set(slot, T.Fma(c, env.Work.Get(other, 2), sum));
        }
    }

    // The same for any number of rows; t lies in the slots of Along for a moment.
    private static void AddRow(in Env<T, TWork, TConst, TIndex> env, in Block block, int k)
    {
        int column = block.Jacobian + (block.Dimension * k);
        for (int r = 0; r < block.Dimension; r++)
        {
            T sum = T.Of(0);
            for (int s = 0; s < block.Dimension; s++)
            {
                int low = r < s ? r : s;
                int high = r < s ? s : r;
                T entry = env.Work.Get(block.Curvature + (high * (high + 1) / 2) + low);
                sum = T.Fma(entry, env.Work.Get(column, s), sum);
            }

            env.Work.Set(block.Along + r, sum);
        }

        int row = env.At.Factor + (env.At.DofCount * env.Topology.Get(block.Dofs + k));
        for (int l = 0; l <= k; l++)
        {
            int slot = row + env.Topology.Get(block.Dofs + l);
            T sum = env.Work.Get(slot);
            for (int r = 0; r < block.Dimension; r++)
            {
                T entry = env.Work.Get(block.Jacobian + (block.Dimension * l) + r);
                sum = T.Fma(env.Work.Get(block.Along + r), entry, sum);
            }

            env.Work.Set(slot, sum);
        }
    }
}
