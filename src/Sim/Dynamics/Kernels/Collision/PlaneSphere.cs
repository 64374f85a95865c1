using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and a sphere: one contact (MuJoCo, mjraw_PlaneSphere).
/// </summary>
internal static class PlaneSphere<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneSphere);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneSphere);
            pair < end;
            pair++)
        {
            int plane = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
            int sphere = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
            Real3<T> normal = PairReader<T, TWork, TConst, TIndex>.Axis(env, plane, 2);
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T height = Real3<T>.Dot(normal, offset);
            T radius = PairReader<T, TWork, TConst, TIndex>.Size(env, sphere, 0);
            T distance = height - radius;
            T hit = PairReader<T, TWork, TConst, TIndex>.NotAbove(
                distance, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
            if (T.Any(hit))
            {
                AtEnd(env, pair, hit, normal, offset, Real3<T>.Zero, radius, Real3<T>.Zero);
            }
        }
    }

    /// <summary>Adds the contact of a plane with a ball.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="pair">Pair of geoms.</param>
    /// <param name="hit">1 where the contact is wanted, if near enough.</param>
    /// <param name="normal">Of the plane.</param>
    /// <param name="offset">From the plane's origin to the second geom's centre, m.</param>
    /// <param name="ball">From the second geom's centre to the ball's, m.</param>
    /// <param name="radius">Of the ball, m.</param>
    /// <param name="tangent">Hint for the frame.</param>
    public static void AtEnd(
        in Env<T, TWork, TConst, TIndex> env,
        int pair,
        T hit,
        Real3<T> normal,
        Real3<T> offset,
        Real3<T> ball,
        T radius,
        Real3<T> tangent)
    {
        T distance = Real3<T>.Dot(normal, offset) + Real3<T>.Dot(normal, ball) - radius;
        hit *= PairReader<T, TWork, TConst, TIndex>.NotAbove(
            distance, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
        ContactPoint<T> point = default;
        point.Distance = distance;
        point.FromSecond = Real3<T>.AddScaled(
            ball, -T.Fma(T.Of(0.5), distance, radius), normal);
        point.FromFirst = offset + point.FromSecond;
        point.Normal = normal;
        point.Tangent = tangent;
        ContactList<T, TWork, TConst, TIndex>.Append(env, pair, hit, point);
    }
}
