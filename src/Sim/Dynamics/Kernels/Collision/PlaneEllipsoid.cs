using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and an ellipsoid: one contact at its lowest point (MuJoCo, mjc_PlaneConvex).
/// </summary>
internal static class PlaneEllipsoid<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneEllipsoid);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneEllipsoid);
            pair < end;
            pair++)
        {
            Real3<T> normal = PairReader<T, TWork, TConst, TIndex>.Axis(
                env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 2);
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallMeetsPlane(
                env, pair, Real3<T>.Dot(normal, offset));
            if (T.Any(near))
            {
                Real3<T> lowest =
                    Lowest(env, PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair), normal);
                PlaneSphere<T, TWork, TConst, TIndex>.AtEnd(
                    env, pair, near, normal, offset, lowest, T.Of(0), Real3<T>.Zero);
            }
        }
    }

    // Support point: s_i² d_i / |s d| for the direction d = -normal in the ellipsoid's axes.
    private static Real3<T> Lowest(in Env<T, TWork, TConst, TIndex> env, int geom, Real3<T> normal)
    {
        Real3<T> x = PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 0);
        Real3<T> y = PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 1);
        Real3<T> z = PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 2);
        T a = PairReader<T, TWork, TConst, TIndex>.Size(env, geom, 0);
        T b = PairReader<T, TWork, TConst, TIndex>.Size(env, geom, 1);
        T c = PairReader<T, TWork, TConst, TIndex>.Size(env, geom, 2);
        Real3<T> scaled = new(
            -a * Real3<T>.Dot(
                x, normal), -b * Real3<T>.Dot(y, normal), -c * Real3<T>.Dot(z, normal));
        Real3<T> unit = Real3<T>.Unit(scaled, out _);
        return Real3<T>.AddScaled(
            Real3<T>.AddScaled((a * unit.X) * x, b * unit.Y, y), c * unit.Z, z);
    }
}
