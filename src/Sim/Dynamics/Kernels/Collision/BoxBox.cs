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

            Load(env, pair, offset);
            T detection = PairReader<T, TWork, TConst, TIndex>.Detection(env, pair);
            BoxAxisLanes<T> axes = BoxAxes<T, TWork, TConst, TIndex>.Find(env, detection, near);
            near = T.Where(axes.Apart, T.Of(0), near);
            int start = env.Work.GetIndex(env.At.Contacts.ContactCount);
            for (int lane = 0; lane < T.LaneCount; lane++)
            {
                if (T.Any(T.Broadcast(near, lane)))
                {
                    env.Work.SetIndex(env.At.Contacts.CandidateCount, 0);
                    FindOne(env, pair, lane, Real3<T>.Broadcast(offset, lane), axes.Of(lane));
                    ContactList<T, TWork, TConst, TIndex>.Accept(env, pair, lane, start);
                }
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env,
        int pair,
        int lane,
        Real3<T> offset,
        BoxAxis<T> axis)
    {
        int first = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int second = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T detection = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);
        Spread(env, lane);
        BoxAxes<T, TWork, TConst, TIndex>.PreferFace(env, ref axis);
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

    // One lane's numbers in every lane, where the lane-by-lane part reads them.
    private static void Spread(in Env<T, TWork, TConst, TIndex> env, int lane)
    {
        int to = env.At.Contacts.Scratch;
        for (int k = 0; k < BoxScratch.LaneCount; k++)
        {
            env.Work.Set(to, k, T.Broadcast(env.Work.Get(to + BoxScratch.Lanes + k), lane));
        }
    }

    private static void Load(
        in Env<T, TWork, TConst, TIndex> env, int pair, Real3<T> offset)
    {
        int first = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int second = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        TWork work = env.Work;
        int to = env.At.Contacts.Scratch + BoxScratch.Lanes;
        for (int i = 0; i < 3; i++)
        {
            Real3<T> a = PairReader<T, TWork, TConst, TIndex>.Axis(env, first, i);
            Real3<T> b = PairReader<T, TWork, TConst, TIndex>.Axis(env, second, i);
            work.Set(to + BoxScratch.SecondInFirst + i, Real3<T>.Dot(a, offset));
            work.Set(to + BoxScratch.FirstInSecond + i, -Real3<T>.Dot(b, offset));
            work.Set(
                to + BoxScratch.SizeFirst + i,
                PairReader<T, TWork, TConst, TIndex>.Size(env, first, i));
            work.Set(
                to + BoxScratch.SizeSecond + i,
                PairReader<T, TWork, TConst, TIndex>.Size(env, second, i));
            for (int j = 0; j < 3; j++)
            {
                Real3<T> other = PairReader<T, TWork, TConst, TIndex>.Axis(env, second, j);
                work.Set(to + BoxScratch.Rotation + (3 * i) + j, Real3<T>.Dot(a, other));
            }
        }
    }
}
