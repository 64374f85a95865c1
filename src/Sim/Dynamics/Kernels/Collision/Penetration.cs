using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// One contact of the two shapes in the scratch (MuJoCo, mjc_ccd and mjc_penetration).
/// </summary>
internal static class Penetration<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Whether they are nearer than their margins; then how.</summary>
    public static bool Find(in Env<T, TWork, TConst, TIndex> env, out ConvexGap<T> gap)
    {
        bool ball = ConvexShape<T, TWork, TConst, TIndex>.IsBall(
            ConvexShape<T, TWork, TConst, TIndex>.Kind(env, 0))
            || ConvexShape<T, TWork, TConst, TIndex>.IsBall(
                ConvexShape<T, TWork, TConst, TIndex>.Kind(env, 1));
        T first = Radius(env, 0);
        T second = Radius(env, 1);
        gap = default;

        // Spheres and capsules as points and lines first: exact unless those overlap too.
        for (int pass = ball ? 0 : 1; pass < 2; pass++)
        {
            bool shrunk = pass == 0;
            ConvexShape<T, TWork, TConst, TIndex>.Shrink(env, 0, shrunk);
            ConvexShape<T, TWork, TConst, TIndex>.Shrink(env, 1, shrunk);
            gap = Gjk<T, TWork, TConst, TIndex>.Find(env, shrunk ? first + second : T.Of(0));
            if (shrunk && Uniform<T>.Above(gap.Distance, Gjk<T, TWork, TConst, TIndex>.Tolerance))
            {
                ConvexShape<T, TWork, TConst, TIndex>.Shrink(env, 0, false);
                ConvexShape<T, TWork, TConst, TIndex>.Shrink(env, 1, false);
                Inflate(first, second, ref gap);
                return T.Any(-gap.Distance);
            }
        }

        if (gap.IsApart || gap.SimplexCount < 2
            || Uniform<T>.Above(gap.Distance, Gjk<T, TWork, TConst, TIndex>.Tolerance))
        {
            return false;
        }

        return FirstPolytope<T, TWork, TConst, TIndex>.Make(env, gap.SimplexCount)
            && Epa<T, TWork, TConst, TIndex>.Grow(env, ref gap)
            && T.Any(-gap.Distance);
    }

    // What a sphere or capsule loses when it is shrunk.
    private static T Radius(in Env<T, TWork, TConst, TIndex> env, int shape)
    {
        bool ball = ConvexShape<T, TWork, TConst, TIndex>.IsBall(
            ConvexShape<T, TWork, TConst, TIndex>.Kind(env, shape));
        return ball
            ? T.Fma(
                T.Of(0.5),
                ConvexShape<T, TWork, TConst, TIndex>.Margin(env, shape),
                ConvexShape<T, TWork, TConst, TIndex>.Size(env, shape, 0))
            : T.Of(0);
    }

    private static void Inflate(T first, T second, ref ConvexGap<T> gap)
    {
        Real3<T> normal = Real3<T>.Unit(gap.Second - gap.First, out _);
        gap.First = Real3<T>.AddScaled(gap.First, first, normal);
        gap.Second = Real3<T>.AddScaled(gap.Second, -second, normal);
        gap.Distance = gap.Distance - first - second;
    }
}
