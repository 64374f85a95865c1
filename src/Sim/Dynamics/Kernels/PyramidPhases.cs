using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Cost of contacts with a friction pyramid: ½ D e² for every edge e = y₀ ± μ_j y_j below 0, all of
/// one D. The piece of a block is a number whose bits say which edges push.
/// </summary>
internal static class PyramidPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Force, Hessian and piece of every pyramid.</summary>
    public static void Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Shape == (int)CostShape.Pyramid)
            {
                Evaluate(env, block);
            }
        }
    }

    /// <summary>Adds slope and curvature at the present length of the step.</summary>
    public static void AddSlopes(in Env<T, TWork, TConst, TIndex> env)
    {
        T length = env.Work.Get(env.At.Constraints.Length);
        T slope = env.Work.Get(env.At.Constraints.Slope);
        T curvature = env.Work.Get(env.At.Constraints.SlopeCurvature);
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Shape != (int)CostShape.Pyramid)
            {
                continue;
            }

            T weight = env.Work.Get(block.Weight);
            T along = env.Work.Get(block.Along);
            T normal = T.Fma(length, along, env.Work.Get(block.Residual));
            for (int row = 1; row < block.Dimension; row++)
            {
                T friction = env.Constants.Get(block.Parameters + row - 1);
                T side = friction * env.Work.Get(block.Along + row);
                T tangent = T.Fma(length, side, friction * env.Work.Get(block.Residual + row));
                AddEdge(weight, normal + tangent, along + side, ref slope, ref curvature);
                AddEdge(weight, normal - tangent, along - side, ref slope, ref curvature);
            }
        }

        env.Work.Set(env.At.Constraints.Slope, slope);
        env.Work.Set(env.At.Constraints.SlopeCurvature, curvature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEdge(T weight, T edge, T along, ref T slope, ref T curvature)
    {
        T pushing = T.Where(-edge, weight, T.Of(0)) * along;
        slope = T.Fma(pushing, edge, slope);
        curvature = T.Fma(pushing, along, curvature);
    }

    private static void Evaluate(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T weight = env.Work.Get(block.Weight);
        T normal = env.Work.Get(block.Residual);
        T force = T.Of(0);
        T curvature = T.Of(0);
        T piece = T.Of(0);
        int entry = block.Curvature + 1;
        T bit = T.Of(1);
        for (int row = 1; row < block.Dimension; row++)
        {
            T friction = env.Constants.Get(block.Parameters + row - 1);
            T tangent = friction * env.Work.Get(block.Residual + row);
            T plus = normal + tangent;
            T minus = normal - tangent;
            T plusWeight = T.Where(-plus, weight, T.Of(0));
            T minusWeight = T.Where(-minus, weight, T.Of(0));
            piece += T.Where(plusWeight, bit, T.Of(0));
            piece += T.Where(minusWeight, bit + bit, T.Of(0));
            bit *= T.Of(4);
            T plusPush = plusWeight * plus;
            T minusPush = minusWeight * minus;
            T both = plusWeight + minusWeight;
            force -= plusPush + minusPush;
            curvature += both;
            env.Work.Set(block.Force + row, friction * (minusPush - plusPush));
            env.Work.Set(entry, friction * (plusWeight - minusWeight));
            for (int column = 1; column < row; column++)
            {
                env.Work.Set(entry, column, T.Of(0));
            }

            env.Work.Set(entry, row, friction * friction * both);
            entry += row + 1;
        }

        env.Work.Set(block.Force, force);
        env.Work.Set(block.Curvature, curvature);
        ScalarCostPhases<T, TWork, TConst, TIndex>.Keep(env, block, piece);
    }
}
