using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>The order of collision for a device, which wants everything in one kernel.</summary>
internal static class CollisionPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>The list of contacts of the present body frames.</summary>
    public static void Collide(in Env<T, TWork, TConst, TIndex> env)
    {
        GeomPhases<T, TWork, TConst, TIndex>.Place(env);
        if (env.At.Contacts.PairCount > 0)
        {
            PlaneSphere<T, TWork, TConst, TIndex>.Find(env);
            PlaneCapsule<T, TWork, TConst, TIndex>.Find(env);
            PlaneEllipsoid<T, TWork, TConst, TIndex>.Find(env);
            PlaneCylinder<T, TWork, TConst, TIndex>.Find(env);
            PlaneBox<T, TWork, TConst, TIndex>.Find(env);
            SphereSphere<T, TWork, TConst, TIndex>.Find(env);
            SphereCapsule<T, TWork, TConst, TIndex>.Find(env);
            SphereCylinder<T, TWork, TConst, TIndex>.Find(env);
            SphereBox<T, TWork, TConst, TIndex>.Find(env);
            CapsuleCapsule<T, TWork, TConst, TIndex>.Find(env);
            CapsuleBox<T, TWork, TConst, TIndex>.Find(env);
            BoxBox<T, TWork, TConst, TIndex>.Find(env);
            FramePhases<T, TWork, TConst, TIndex>.Complete(env);
        }
    }
}
