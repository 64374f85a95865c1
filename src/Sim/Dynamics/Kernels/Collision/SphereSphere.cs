using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Two spheres: one contact (MuJoCo, mjraw_SphereSphere).
/// </summary>
internal static class SphereSphere<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.SphereSphere);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.SphereSphere);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
            if (T.Any(near))
            {
                T a = PairReader<T, TWork, TConst, TIndex>.Size(
                    env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 0);
                T b = PairReader<T, TWork, TConst, TIndex>.Size(
                    env, PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair), 0);
                Between(env, pair, near, Real3<T>.Zero, Real3<T>.Zero, a, b);
            }
        }
    }

    /// <summary>Adds the contact of two balls; returns 1 where there is one.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="pair">Pair of geoms.</param>
    /// <param name="hit">1 where the contact is wanted, if near enough.</param>
    /// <param name="first">From the first geom's centre to the first ball's, m.</param>
    /// <param name="second">From the second geom's centre to the second ball's, m.</param>
    /// <param name="firstRadius">Of the first ball, m.</param>
    /// <param name="secondRadius">Of the second ball, m.</param>
    public static T Between(
        in Env<T, TWork, TConst, TIndex> env,
        int pair,
        T hit,
        Real3<T> first,
        Real3<T> second,
        T firstRadius,
        T secondRadius)
    {
        Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
        Real3<T> between = offset + second - first;
        ContactPoint<T> point = default;
        point.Normal = Direction(env, pair, between, out T length);
        point.Distance = length - firstRadius - secondRadius;
        hit *= PairReader<T, TWork, TConst, TIndex>.NotAbove(
            point.Distance, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
        T reach = T.Fma(T.Of(0.5), point.Distance, firstRadius);
        point.FromFirst = Real3<T>.AddScaled(first, reach, point.Normal);
        point.FromSecond = point.FromFirst - offset;
        point.Tangent = Real3<T>.Zero;
        ContactList<T, TWork, TConst, TIndex>.Append(env, pair, hit, point);
        return hit;
    }

    /// <summary>
    /// Unit vector from one ball to the other; across both geoms' z axes where centres coincide.
    /// </summary>
    public static Real3<T> Direction(
        in Env<T, TWork, TConst, TIndex> env, int pair, Real3<T> between, out T length)
    {
        Real3<T> normal = Real3<T>.Unit(between, out length);
        T same = T.Where(length, T.Of(0), T.Of(1));
        if (T.Any(same))
        {
            Real3<T> across = Real3<T>.Cross(
                PairReader<T, TWork, TConst, TIndex>.Axis(
                    env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 2),
                PairReader<T, TWork, TConst, TIndex>.Axis(
                    env, PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair), 2));
            normal = Real3<T>.Where(same, Real3<T>.Unit(across, out _), normal);
        }

        return normal;
    }
}
