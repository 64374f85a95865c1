using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and a capsule: a contact for each ball, tangents along the axis (MuJoCo,
/// mjc_PlaneCapsule).
/// </summary>
internal static class PlaneCapsule<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneCapsule);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneCapsule);
            pair < end;
            pair++)
        {
            int plane = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
            int capsule = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
            Real3<T> normal = PairReader<T, TWork, TConst, TIndex>.Axis(env, plane, 2);
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallMeetsPlane(
                env, pair, Real3<T>.Dot(normal, offset));
            if (T.Any(near))
            {
                Real3<T> axis = PairReader<T, TWork, TConst, TIndex>.Axis(env, capsule, 2);
                T radius = PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 0);
                Real3<T> half = PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 1) * axis;
                for (int ball = 0; ball < 2; ball++)
                {
                    PlaneSphere<T, TWork, TConst, TIndex>.AtEnd(
                        env, pair, near, normal, offset, half, radius, axis);
                    half = -half;
                }
            }
        }
    }
}
