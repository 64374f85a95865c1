using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A sphere and a capsule: the sphere and the nearest ball of the capsule (MuJoCo,
/// mjraw_SphereCapsule).
/// </summary>
internal static class SphereCapsule<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.SphereCapsule);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.SphereCapsule);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
            if (T.Any(near))
            {
                int sphere = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
                int capsule = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
                Real3<T> axis = PairReader<T, TWork, TConst, TIndex>.Axis(env, capsule, 2);
                T half = PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 1);
                T along = T.Max(-half, T.Min(half, -Real3<T>.Dot(axis, offset)));
                SphereSphere<T, TWork, TConst, TIndex>.Between(
                    env,
                    pair,
                    near,
                    Real3<T>.Zero,
                    along * axis,
                    PairReader<T, TWork, TConst, TIndex>.Size(env, sphere, 0),
                    PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 0));
            }
        }
    }
}
