using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A plane and a mesh: the deepest corner of the hull and up to three more that are found, spread
/// wide: the
/// farthest from it, from the line of both, and on the other side of that line (MuJoCo has a rule
/// of its own
/// for these, which is not published; the deepest is the same).
/// </summary>
internal static class PlaneMesh<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs, lane by lane.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.PlaneMesh);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.PlaneMesh);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallMeetsPlane(
                env,
                pair,
                Real3<T>.Dot(
                    PairReader<T, TWork, TConst, TIndex>.Axis(
                        env,
                        PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair),
                        2), offset));
            if (!T.Any(near))
            {
                continue;
            }

            int start = env.Work.GetIndex(env.At.Contacts.ContactCount);
            for (int lane = 0; lane < T.LaneCount; lane++)
            {
                if (T.Any(T.Broadcast(near, lane)))
                {
                    env.Work.SetIndex(env.At.Contacts.CandidateCount, 0);
                    FindOne(env, pair, lane, Real3<T>.Broadcast(offset, lane));
                    ContactList<T, TWork, TConst, TIndex>.Accept(env, pair, lane, start);
                }
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, int lane, Real3<T> offset)
    {
        int mesh = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        Real3<T> x =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, mesh, 0), lane);
        Real3<T> y =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, mesh, 1), lane);
        Real3<T> z =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, mesh, 2), lane);
        Real3<T> normal = Real3<T>.Broadcast(
            PairReader<T, TWork, TConst, TIndex>.Axis(
                env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 2), lane);
        Real3<T> down = new(
            -Real3<T>.Dot(x, normal), -Real3<T>.Dot(y, normal), -Real3<T>.Dot(z, normal));
        T height = Real3<T>.Dot(normal, offset);
        T detection = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);
        int asset = env.Topology.Get(
            env.At.Contacts.IndexOfGeom(mesh, ContactSlots.GeomAsset));
        Real3<T> a = Real3<T>.Zero;
        Real3<T> side = Real3<T>.Zero;
        for (int k = 0; k < ContactMax; k++)
        {
            int corner = k == 0
                ? MeshHull<T, TWork, TConst, TIndex>.Farthest(env, asset, 0, down)
                : Widest(env, asset, down, height - detection, k, a, side);
            if (corner < 0)
            {
                continue;
            }

            Real3<T> local = MeshHull<T, TWork, TConst, TIndex>.Vertex(env, asset, corner);
            T distance = height - Real3<T>.Dot(down, local);
            if (Uniform<T>.Above(distance, detection))
            {
                return;
            }

            side = k == 1 ? Real3<T>.Cross(down, local - a) : side;
            a = k == 0 ? local : a;
            Real3<T> point = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, local);
            point = Real3<T>.AddScaled(point, T.Of(-0.5) * distance, normal);
            ContactList<T, TWork, TConst, TIndex>.Find(env, distance, point, normal);
        }
    }

    // Corner found that is the farthest from a (1), or to one side (2) or the other (3) of the
    // line; -1
    // when none is.
    private static int Widest(
        in Env<T, TWork, TConst, TIndex> env,
        int asset,
        Real3<T> down,
        T least,
        int rule,
        Real3<T> a,
        Real3<T> side)
    {
        int count = MeshHull<T, TWork, TConst, TIndex>.Count(env, asset);
        int best = -1;
        T most = T.Of(1e-12);
        for (int corner = 0; corner < count; corner++)
        {
            Real3<T> local = MeshHull<T, TWork, TConst, TIndex>.Vertex(env, asset, corner);
            if (Uniform<T>.Below(Real3<T>.Dot(down, local), least))
            {
                continue;
            }

            Real3<T> arm = local - a;
            T far = Real3<T>.Dot(side, arm);
            far = rule == 1 ? Real3<T>.Dot(arm, arm) : rule == 2 ? far : -far;
            if (Uniform<T>.Above(far, most))
            {
                most = far;
                best = corner;
            }
        }

        return best;
    }

    private const int ContactMax = 4;
}
