using System.Runtime.CompilerServices;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Cost of contacts with an elliptic friction cone. With U = (μ y₀, μ_j y_j), N = U₀ and T the
/// length of the rest: nothing where N is at least μ T; ½ Σ D y² where μ N + T is at most 0; else
/// ½ Dm (N - μ T)² with Dm = D₀ / (μ² (1 + μ²)) (MuJoCo, engine_core_constraint.c; μ is that of the
/// regularised cone). Pieces: 0 free, 1 sticking, 2 sliding.
/// </summary>
internal static class ConePhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // Below this a tangent has no direction.
    private const double TangentMin = 1e-30;

    /// <summary>Force, Hessian and piece of every cone.</summary>
    public static void Evaluate(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = BlockPhases<T, TWork, TConst, TIndex>.Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = BlockPhases<T, TWork, TConst, TIndex>.Read(env, i);
            if (block.Shape == (int)CostShape.Cone)
            {
                Evaluate(env, block);
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
            if (block.Shape == (int)CostShape.Cone)
            {
                AddSlope(env, block);
            }
        }
    }

    /// <summary>μ of the regularised cone: that of the first tangent / √impratio.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T RegularFriction(in Env<T, TWork, TConst, TIndex> env, in Block block) =>
        env.Constants.Get(block.Parameters)
            * env.Constants.Get(env.At.Constraints.Constants + BlockSlots.InverseRootRatio);

    private static void Evaluate(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T mu = RegularFriction(env, block);
        T normal = mu * env.Work.Get(block.Residual);
        T square = T.Of(0);
        for (int row = 1; row < block.Dimension; row++)
        {
            T scaled = env.Constants.Get(block.Parameters + row - 1)
                * env.Work.Get(block.Residual + row);
            square = T.Fma(scaled, scaled, square);
        }

        T tangent = T.Sqrt(T.Max(square, T.Of(TangentMin)));
        T weight = env.Work.Get(block.Weight);
        T free = T.Fnma(mu, tangent, normal);
        T stick = -T.Fma(mu, normal, tangent);
        T slides = T.Where(weight, T.Of(1), T.Of(0))
            * T.Where(-free, T.Of(1), T.Of(0))
            * T.Where(-stick, T.Of(1), T.Of(0));
        T sticks = T.Where(weight, T.Of(1), T.Of(0)) * T.Where(-stick, T.Of(0), T.Of(1))
            * T.Where(-free, T.Of(1), T.Of(0));
        Stick(env, block, sticks);
        if (T.Any(slides))
        {
            Slide(env, block, slides, normal, tangent);
        }

        int curved = env.At.Constraints.Curved;
        env.Work.Set(curved, env.Work.Get(curved) + slides);
        ScalarCostPhases<T, TWork, TConst, TIndex>.Keep(
            env, block, T.Fma(T.Of(2), slides, sticks));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Stick(in Env<T, TWork, TConst, TIndex> env, in Block block, T sticks)
    {
        int entry = block.Curvature;
        for (int row = 0; row < block.Dimension; row++)
        {
            T weight = T.Where(sticks, env.Work.Get(block.Weight + row), T.Of(0));
            env.Work.Set(block.Force + row, -weight * env.Work.Get(block.Residual + row));
            for (int column = 0; column < row; column++)
            {
                env.Work.Set(entry, column, T.Of(0));
            }

            env.Work.Set(entry, row, weight);
            entry += row + 1;
        }
    }

    // Force -Dm (N - μT) (μ, -μ μ_j U_j / T). Hessian Dm S A S with S = diag(μ, μ_j) and A₀₀ = 1,
    // A₀j = -μ U_j / T, A_jk = μN/T³ U_j U_k + δ_jk (μ² - μN/T).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Slide(
        in Env<T, TWork, TConst, TIndex> env, in Block block, T slides, T normal, T tangent)
    {
        T mu = RegularFriction(env, block);
        T square = mu * mu;
        T inverse = T.Of(1) / tangent;
        T weight = env.Work.Get(block.Weight) / (square * (T.Of(1) + square));
        T excess = T.Fnma(mu, tangent, normal);
        T ratio = mu * normal * inverse;
        T push = -weight * excess * mu;
        SetWhere(env, slides, block.Force, push);
        SetWhere(env, slides, block.Curvature, weight * square);
        int entry = block.Curvature + 1;
        for (int row = 1; row < block.Dimension; row++)
        {
            T friction = env.Constants.Get(block.Parameters + row - 1);
            T unit = friction * env.Work.Get(block.Residual + row) * inverse;
            SetWhere(env, slides, block.Force + row, -push * unit * friction);
            SetWhere(env, slides, entry, -weight * square * unit * friction);
            T scaled = weight * ratio * unit * friction;
            for (int column = 1; column < row; column++)
            {
                T other = env.Constants.Get(block.Parameters + column - 1);
                T otherUnit = other * env.Work.Get(block.Residual + column) * inverse;
                SetWhere(env, slides, entry + column, scaled * otherUnit * other);
            }

            T own = T.Fma(weight * friction * friction, square - ratio, scaled * unit * friction);
            SetWhere(env, slides, entry + row, own);
            entry += row + 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SetWhere(
        in Env<T, TWork, TConst, TIndex> env, T where, int slot, T value) =>
        env.Work.Set(slot, T.Where(where, value, env.Work.Get(slot)));

    private static void AddSlope(in Env<T, TWork, TConst, TIndex> env, in Block block)
    {
        T length = env.Work.Get(env.At.Constraints.Length);
        T mu = RegularFriction(env, block);
        T weight = env.Work.Get(block.Weight);
        T normalAlong = env.Work.Get(block.Along);
        T normal = T.Fma(length, normalAlong, env.Work.Get(block.Residual));
        T stickSlope = weight * normal * normalAlong;
        T stickCurvature = weight * normalAlong * normalAlong;
        T square = T.Of(0);
        T cross = T.Of(0);
        T alongSquare = T.Of(0);
        for (int row = 1; row < block.Dimension; row++)
        {
            T friction = env.Constants.Get(block.Parameters + row - 1);
            T along = env.Work.Get(block.Along + row);
            T residual = T.Fma(length, along, env.Work.Get(block.Residual + row));
            T own = env.Work.Get(block.Weight + row) * along;
            stickSlope = T.Fma(own, residual, stickSlope);
            stickCurvature = T.Fma(own, along, stickCurvature);
            T scale = friction * friction;
            square = T.Fma(scale * residual, residual, square);
            cross = T.Fma(scale * residual, along, cross);
            alongSquare = T.Fma(scale * along, along, alongSquare);
        }

        T tangent = T.Sqrt(T.Max(square, T.Of(TangentMin)));
        T first = cross / tangent;
        T second = T.Fnma(first, first, alongSquare) / tangent;
        T free = T.Fnma(mu, tangent, mu * normal);
        T stick = -T.Fma(mu * mu, normal, tangent);
        T rise = mu * (normalAlong - first);
        T scaled = weight / (mu * mu * (T.Of(1) + (mu * mu)));
        T slideSlope = scaled * free * rise;
        T slideCurvature = scaled * T.Fnma(mu * free, second, rise * rise);
        T slope = T.Where(-stick, slideSlope, stickSlope);
        T curvature = T.Where(-stick, slideCurvature, stickCurvature);
        int total = env.At.Constraints.Slope;
        int totalCurvature = env.At.Constraints.SlopeCurvature;
        env.Work.Set(total, env.Work.Get(total) + T.Where(-free, slope, T.Of(0)));
        env.Work.Set(
            totalCurvature,
            env.Work.Get(totalCurvature) + T.Where(-free, curvature, T.Of(0)));
    }
}
