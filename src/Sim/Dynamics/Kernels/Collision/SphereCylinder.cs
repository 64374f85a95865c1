using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A sphere and a cylinder: one contact with the wall, a disk or the rim; from inside with the
/// nearer
/// of wall and disk (MuJoCo, mjc_SphereCylinder). Legend: x = place along the axis, p = offset
/// across it.
/// </summary>
internal static class SphereCylinder<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.SphereCylinder);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.SphereCylinder);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
            if (T.Any(near))
            {
                FindOne(env, pair, near, offset);
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, T near, Real3<T> offset)
    {
        int cylinder = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T ball = PairReader<T, TWork, TConst, TIndex>.Size(
            env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 0);
        T radius = PairReader<T, TWork, TConst, TIndex>.Size(env, cylinder, 0);
        T half = PairReader<T, TWork, TConst, TIndex>.Size(env, cylinder, 1);
        Real3<T> axis = PairReader<T, TWork, TConst, TIndex>.Axis(env, cylinder, 2);
        T x = -Real3<T>.Dot(axis, offset);
        Real3<T> p = Real3<T>.AddScaled(-offset, -x, axis);
        T square = Real3<T>.Dot(p, p);
        T across = T.Sqrt(T.Where(square, square, T.Of(1)));
        across = T.Where(square, across, T.Of(0));

        // Beside the wall, before a disk; inside, whichever is nearer.
        T wall = T.Where(half - T.Abs(x), T.Of(1), T.Of(0));
        T disk = T.Where(radius - across, T.Of(1), T.Of(0));
        T nearer = T.Where(radius - across - (half - T.Abs(x)), T.Of(1), T.Of(0));
        T inside = wall * disk;
        wall *= T.Where(inside, T.Of(1) - nearer, T.Of(1));
        disk *= T.Where(inside, nearer, T.Of(1));
        T sign = T.Where(x, T.Of(1), T.Of(-1));

        // Wall and rim: the sphere and a ball at the point nearest to it.
        T toRim = radius / T.Where(across, across, T.Of(1));
        Real3<T> rim = Real3<T>.AddScaled((sign * half) * axis, toRim, p);
        Real3<T> target = Real3<T>.Where(wall, x * axis, rim);
        ContactPoint<T> point = default;
        point.Normal = SphereSphere<T, TWork, TConst, TIndex>.Direction(
            env, pair, offset + target, out T length);
        point.Distance = length - ball - T.Where(wall, radius, T.Of(0));

        T toDisk = T.Abs(x) - half - ball;
        point.Normal = Real3<T>.Where(disk, (-sign) * axis, point.Normal);
        point.Distance = T.Where(disk, toDisk, point.Distance);
        T hit = near * PairReader<T, TWork, TConst, TIndex>.NotAbove(
            point.Distance, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
        point.FromFirst = T.Fma(T.Of(0.5), point.Distance, ball) * point.Normal;
        point.FromSecond = point.FromFirst - offset;
        point.Tangent = Real3<T>.Zero;
        ContactList<T, TWork, TConst, TIndex>.Append(env, pair, hit, point);
    }
}
