using System.Runtime.CompilerServices;
using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The order of collision, and one boundary a phase for the JIT, as in CpuDynamics. Each phase goes
/// through the pairs of its shapes. A device calls CollisionPhases instead.
/// </summary>
internal static class CpuCollision<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    /// <summary>The list of contacts of the present body frames.</summary>
    public static void Collide(in Env<T, TWork, TConst, TIndex> env)
    {
        Place(env);
        if (env.At.Contacts.PairCount > 0)
        {
            WithPlanes(env);
            WithSpheres(env);
            WithEdges(env);
            Complete(env);
        }
    }

    // The order is that of the list of contacts, so it is part of the results.
    private static void WithPlanes(in Env<T, TWork, TConst, TIndex> env)
    {
        if (env.At.Has(ShapePair.PlaneSphere))
        {
            PlaneSphere(env);
        }

        if (env.At.Has(ShapePair.PlaneCapsule))
        {
            PlaneCapsule(env);
        }

        if (env.At.Has(ShapePair.PlaneEllipsoid))
        {
            PlaneEllipsoid(env);
        }

        if (env.At.Has(ShapePair.PlaneCylinder))
        {
            PlaneCylinder(env);
        }

        if (env.At.Has(ShapePair.PlaneBox))
        {
            PlaneBox(env);
        }
    }

    private static void WithSpheres(in Env<T, TWork, TConst, TIndex> env)
    {
        if (env.At.Has(ShapePair.SphereSphere))
        {
            SphereSphere(env);
        }

        if (env.At.Has(ShapePair.SphereCapsule))
        {
            SphereCapsule(env);
        }

        if (env.At.Has(ShapePair.SphereCylinder))
        {
            SphereCylinder(env);
        }

        if (env.At.Has(ShapePair.SphereBox))
        {
            SphereBox(env);
        }

        if (env.At.Has(ShapePair.CapsuleCapsule))
        {
            CapsuleCapsule(env);
        }
    }

    private static void WithEdges(in Env<T, TWork, TConst, TIndex> env)
    {
        if (env.At.Has(ShapePair.PlaneMesh))
        {
            PlaneMesh(env);
        }

        if (env.At.Has(ShapePair.CapsuleBox))
        {
            CapsuleBox(env);
        }

        if (env.At.Has(ShapePair.BoxBox))
        {
            BoxBox(env);
        }

        if (env.At.Has(ShapePair.Convex) || env.At.Has(ShapePair.HeightField))
        {
            Convex(env);
        }
    }

    [MethodImpl(Apart)]
    private static void Place(in Env<T, TWork, TConst, TIndex> env) =>
        GeomPhases<T, TWork, TConst, TIndex>.Place(env);

    [MethodImpl(Apart)]
    private static void PlaneSphere(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneSphere<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void PlaneCapsule(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneCapsule<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void PlaneEllipsoid(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneEllipsoid<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void PlaneCylinder(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneCylinder<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void PlaneBox(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneBox<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void SphereSphere(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.SphereSphere<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void SphereCapsule(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.SphereCapsule<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void SphereCylinder(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.SphereCylinder<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void SphereBox(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.SphereBox<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void CapsuleCapsule(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.CapsuleCapsule<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void PlaneMesh(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.PlaneMesh<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void CapsuleBox(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.CapsuleBox<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void BoxBox(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.BoxBox<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void Convex(in Env<T, TWork, TConst, TIndex> env) =>
        Collision.Convex<T, TWork, TConst, TIndex>.Find(env);

    [MethodImpl(Apart)]
    private static void Complete(in Env<T, TWork, TConst, TIndex> env) =>
        FramePhases<T, TWork, TConst, TIndex>.Complete(env);
}
