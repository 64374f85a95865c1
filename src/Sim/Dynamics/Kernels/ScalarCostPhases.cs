using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Cost of blocks without a friction cone: force, Hessian and piece of each at its residual, and
/// their share of the slope along the direction. Pieces are numbers that differ: -1, 0, 1.
/// </summary>
internal static class ScalarCostPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Force, Hessian and piece of every such block.</summary>
    public static void Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Shape == (int)CostShape.Quadratic)
            {
                Quadratic(env, block);
            }
            else if (block.Shape == (int)CostShape.Huber)
            {
                Huber(env, block);
            }
            else if (block.Shape == (int)CostShape.OneSided)
            {
                OneSided(env, block);
            }
        }
    }

    /// <summary>Adds slope and curvature at the present length of the step.</summary>
    public static void AddSlopes(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Shape <= (int)CostShape.OneSided)
            {
                AddSlope(env, block);
            }
        }
    }

    /// <summary>Counts a change of piece and keeps the new one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Keep(in Env<T, TWork, TConst, TIndex> env, in Block block, T piece)
    {
        T change = T.Abs(piece - env.Work.Get(block.State));
        env.Work.Set(block.State, piece);
        int moved = env.At.Constraints.Moved;
        env.Work.Set(moved, env.Work.Get(moved) + change);
    }

    private static void Quadratic(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        int entry = block.Curvature;
        for (int row = 0; row < block.Dimension; row++)
        {
            T weight = env.Work.Get(block.Weight + row);
            env.Work.Set(block.Force + row, -weight * env.Work.Get(block.Residual + row));
            for (int column = 0; column < row; column++)
            {
                env.Work.Set(entry, T.Of(0));
                entry++;
            }

            env.Work.Set(entry, weight);
            entry++;
        }

        Keep(env, block, T.Of(0));
    }

    private static void Huber(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T weight = env.Work.Get(block.Weight);
        T loss = env.Constants.Get(block.Parameters);
        T wanted = -weight * env.Work.Get(block.Residual);
        T beyond = T.Where(T.Abs(wanted) - loss, T.Of(1), T.Of(0));
        env.Work.Set(block.Force, T.Min(T.Max(wanted, -loss), loss));
        env.Work.Set(block.Curvature, weight * (T.Of(1) - beyond));
        Keep(env, block, T.Where(wanted, beyond, -beyond));
    }

    private static void OneSided(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T residual = env.Work.Get(block.Residual);
        T weight = T.Where(-residual, env.Work.Get(block.Weight), T.Of(0));
        env.Work.Set(block.Force, -weight * residual);
        env.Work.Set(block.Curvature, weight);
        Keep(env, block, T.Where(weight, T.Of(1), T.Of(0)));
    }

    private static void AddSlope(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T length = env.Work.Get(env.At.Constraints.Length);
        T slope = env.Work.Get(env.At.Constraints.Slope);
        T curvature = env.Work.Get(env.At.Constraints.SlopeCurvature);
        for (int row = 0; row < block.Dimension; row++)
        {
            T along = env.Work.Get(block.Along + row);
            T weight = env.Work.Get(block.Weight + row);
            T residual = T.Fma(length, along, env.Work.Get(block.Residual + row));
            T push = weight * residual;
            if (block.Shape == (int)CostShape.Huber)
            {
                T loss = env.Constants.Get(block.Parameters);
                weight = T.Where(T.Abs(push) - loss, T.Of(0), weight);
                push = T.Min(T.Max(push, -loss), loss);
            }
            else if (block.Shape == (int)CostShape.OneSided)
            {
                weight = T.Where(-residual, weight, T.Of(0));
                push = weight * residual;
            }

            slope = T.Fma(push, along, slope);
            curvature = T.Fma(weight * along, along, curvature);
        }

        env.Work.Set(env.At.Constraints.Slope, slope);
        env.Work.Set(env.At.Constraints.SlopeCurvature, curvature);
    }
}
