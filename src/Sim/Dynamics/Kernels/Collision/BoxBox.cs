using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Two boxes: the axis of least overlap decides between a face, whose contacts are the corners of
/// the
/// other box's face clipped against it, and two edges, which touch in one point (MuJoCo 3.12 and
/// later,
/// mjc_BoxBox; Gottschalk, Lin and Manocha 1996 for the axes). Computed in the axes of box 1.
/// </summary>
internal static class BoxBox<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs, lane by lane.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.BoxBox);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.BoxBox);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
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
        int first = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int second = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T detection = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);
        Load(env, first, second, lane, offset);
        BoxAxis<T> axis = BoxAxes<T, TWork, TConst, TIndex>.Find(env, detection);
        if (axis.IsApart)
        {
            return;
        }

        if (axis.Code >= 6)
        {
            BoxEdges<T, TWork, TConst, TIndex>.Find(
                env, axis.Code - 6, first, offset, lane, detection);
        }
        else
        {
            int owner = axis.Code < 3 ? first : second;
            BoxFaces<T, TWork, TConst, TIndex>.Find(env, axis.Code, owner, offset, lane, detection);
        }
    }

    private static void Load(
        in Env<T, TWork, TConst, TIndex> env, int first, int second, int lane, Real3<T> offset)
    {
        TWork work = env.Work;
        int to = env.At.Contacts.Scratch;
        for (int i = 0; i < 3; i++)
        {
            Real3<T> a =
                Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, i), lane);
            Real3<T> b =
                Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, second, i), lane);
            work.Set(to + BoxScratch.SecondInFirst + i, Real3<T>.Dot(a, offset));
            work.Set(to + BoxScratch.FirstInSecond + i, -Real3<T>.Dot(b, offset));
            work.Set(
                to + BoxScratch.SizeFirst + i,
                T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, first, i), lane));
            work.Set(
                to + BoxScratch.SizeSecond + i,
                T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, second, i), lane));
            for (int j = 0; j < 3; j++)
            {
                Real3<T> other = Real3<T>.Broadcast(
                    PairReader<T, TWork, TConst, TIndex>.Axis(env, second, j), lane);
                work.Set(to + BoxScratch.Rotation + (3 * i) + j, Real3<T>.Dot(a, other));
            }
        }
    }
}
