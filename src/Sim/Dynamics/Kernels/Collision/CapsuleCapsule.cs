using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Two capsules: the nearest balls; up to two contacts where the axes are parallel (MuJoCo,
/// mjraw_CapsuleCapsule). Legend: p1 + x1 a1 and p2 + x2 a2 = points of the axes, x in [-1, 1].
/// </summary>
internal static class CapsuleCapsule<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.CapsuleCapsule);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.CapsuleCapsule);
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
        Real3<T> a1 = HalfAxis(env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair));
        Real3<T> a2 = HalfAxis(env, PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair));
        T ma = Real3<T>.Dot(a1, a1);
        T mb = -Real3<T>.Dot(a1, a2);
        T mc = Real3<T>.Dot(a2, a2);
        T u = Real3<T>.Dot(a1, offset);
        T v = -Real3<T>.Dot(a2, offset);
        T determinant = T.Fma(ma, mc, -mb * mb);
        T smallest = T.Max(T.Of(1e-15), Precision<T>.Choose(0, 1e-6) * ma * mc);
        T parallel = T.Where(smallest - T.Abs(determinant), T.Of(1), T.Of(0));
        T safe = T.Where(parallel, T.Of(1), determinant);
        T x1 = T.Fma(mc, u, -mb * v) / safe;
        T x2 = T.Fma(ma, v, -mb * u) / safe;

        // Beyond an end of the first axis, then of the second.
        x2 = T.Where(x1 - T.Of(1), (v - mb) / mc, T.Where(-x1 - T.Of(1), (v + mb) / mc, x2));
        x1 = Clip(x1);
        x1 = T.Where(
            x2 - T.Of(1),
            Clip((u - mb) / ma),
            T.Where(-x2 - T.Of(1), Clip((u + mb) / ma), x1));
        x2 = Clip(x2);
        T radius1 = PairReader<T, TWork, TConst, TIndex>.Size(
            env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 0);
        T radius2 = PairReader<T, TWork, TConst, TIndex>.Size(
            env, PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair), 0);
        T count = T.Of(0);
        T hit = near * (T.Of(1) - parallel);
        int last = T.Any(near * parallel) ? 4 : 0;
        for (int k = 0; k <= last; k++)
        {
            if (k > 0)
            {
                // Beside each end in turn, until there are two.
                T one = (k & 1) != 0 ? T.Of(1) : T.Of(-1);
                x1 = k < 3 ? one : Clip(T.Fnma(one, mb, u) / ma);
                x2 = k < 3 ? Clip(T.Fnma(one, mb, v) / mc) : one;
                hit = near * parallel * T.Where(count - T.Of(1.5), T.Of(0), T.Of(1));
            }

            count += SphereSphere<T, TWork, TConst, TIndex>.Between(
                env, pair, hit, x1 * a1, x2 * a2, radius1, radius2);
        }
    }

    private static T Clip(T x) => T.Max(T.Of(-1), T.Min(T.Of(1), x));

    private static Real3<T> HalfAxis(in Env<T, TWork, TConst, TIndex> env, int geom) =>
        PairReader<T, TWork, TConst, TIndex>.Size(
            env, geom, 1) * PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 2);
}
