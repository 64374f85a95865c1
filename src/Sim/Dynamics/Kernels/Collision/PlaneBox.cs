using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and a box: the first four corners that are near the plane and below the box's centre
/// (MuJoCo, mjc_PlaneBox). Lanes are compacted: entry k of the list is each lane's k-th corner.
/// </summary>
internal static class PlaneBox<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const int CornerCount = 8;
    private const int ContactMax = 4;

    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneBox);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneBox);
            pair < end;
            pair++)
        {
            Real3<T> normal = PairReader<T, TWork, TConst, TIndex>.Axis(
                env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 2);
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T height = Real3<T>.Dot(normal, offset);
            T near = PairReader<T, TWork, TConst, TIndex>.BallMeetsPlane(env, pair, height);
            if (T.Any(near))
            {
                FindOne(env, pair, near, normal, offset);
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, T near, Real3<T> normal, Real3<T> offset)
    {
        int box = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T height = Real3<T>.Dot(normal, offset);
        T detection = PairReader<T, TWork, TConst, TIndex>.Detection(env, pair);
        Real3<T> x = PairReader<T, TWork, TConst, TIndex>.Size(
            env, box, 0) * PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 0);
        Real3<T> y = PairReader<T, TWork, TConst, TIndex>.Size(
            env, box, 1) * PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 1);
        Real3<T> z = PairReader<T, TWork, TConst, TIndex>.Size(
            env, box, 2) * PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 2);
        Real3<T> rise = new(
            Real3<T>.Dot(normal, x), Real3<T>.Dot(normal, y), Real3<T>.Dot(normal, z));
        T place = T.Of(0);
        for (int rank = 0; rank < ContactMax; rank++)
        {
            T hit = Corner(near, height, detection, rise, place, out Real3<T> signs);
            if (!T.Any(hit))
            {
                break;
            }

            Real3<T> corner = Real3<T>.AddScaled(
                Real3<T>.AddScaled(signs.X * x, signs.Y, y), signs.Z, z);
            PlaneSphere<T, TWork, TConst, TIndex>.AtEnd(
                env, pair, hit, normal, offset, corner, T.Of(0), Real3<T>.Zero);
            place += T.Of(1);
        }
    }

    // Signs of the corner that is the one of this rank among those near the plane, lane by lane.
    private static T Corner(
        T near, T height, T detection, Real3<T> rise, T rank, out Real3<T> signs)
    {
        T found = T.Of(0);
        T count = T.Of(0);
        signs = new(T.Of(1), T.Of(1), T.Of(1));
        for (int corner = 0; corner < CornerCount; corner++)
        {
            Real3<T> sign = new(
                (corner & 1) != 0 ? T.Of(1) : T.Of(-1),
                (corner & 2) != 0 ? T.Of(1) : T.Of(-1),
                (corner & 4) != 0 ? T.Of(1) : T.Of(-1));
            T above = T.Fma(sign.X, rise.X, T.Fma(sign.Y, rise.Y, sign.Z * rise.Z));
            T hit = T.Where(
                above, T.Of(0), T.Where(height + above - detection, T.Of(0), near));
            T chosen = T.Where(
                T.Abs(count - rank) - T.Of(0.5), T.Of(0), hit);
            signs = Real3<T>.Where(chosen, sign, signs);
            found += chosen;
            count += hit;
        }

        return found;
    }
}
