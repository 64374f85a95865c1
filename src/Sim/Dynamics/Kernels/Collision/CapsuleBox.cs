using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A capsule and a box: balls at the place of the axis that is nearest to the box and, where the
/// axis lies
/// along a face or an edge, at a second place (MuJoCo, mjraw_CapsuleBox). Computed in the box's
/// axes.
/// </summary>
internal static class CapsuleBox<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs, lane by lane.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.CapsuleBox);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.CapsuleBox);
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
        int capsule = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int box = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        Real3<T> x =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 0), lane);
        Real3<T> y =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 1), lane);
        Real3<T> z =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 2), lane);
        Real3<T> size = Real3<T>.Broadcast(
            Real3<T>.Read(env.Constants, env.At.Contacts.OfGeom(box, ContactSlots.GeomSize)), lane);
        T radius = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 0), lane);
        T half = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, capsule, 1), lane);
        Real3<T> along =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, capsule, 2), lane);
        Real3<T> center = new(
            -Real3<T>.Dot(x, offset), -Real3<T>.Dot(y, offset), -Real3<T>.Dot(z, offset));
        Real3<T> axis = new(
            Real3<T>.Dot(x, along), Real3<T>.Dot(y, along), Real3<T>.Dot(z, along));
        T detection = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);

        NearestFeature<T> nearest = CapsuleBoxFeatures<T>.Find(center, half * axis, size);
        if (nearest.Kind == BoxFeature.None)
        {
            return;
        }

        bool two = CapsuleBoxFeatures<T>.Second(
            nearest, center, axis, half * axis, size, out T second);
        T place = nearest.OnAxis;
        for (int k = 0; k < (two ? 2 : 1); k++)
        {
            Touch(env, radius, detection, size, center, (place * half) * axis, x, y, z);
            place += second;
        }
    }

    private static void Touch(
        in Env<T, TWork, TConst, TIndex> env,
        T radius,
        T detection,
        Real3<T> size,
        Real3<T> center,
        Real3<T> place,
        Real3<T> x,
        Real3<T> y,
        Real3<T> z)
    {
        T distance = SphereBox<T, TWork, TConst, TIndex>.Nearest(
            center + place, size, radius, out Real3<T> point, out Real3<T> normal);
        if (!Uniform<T>.Above(distance, detection))
        {
            ContactList<T, TWork, TConst, TIndex>.Find(
                env,
                distance,
                SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, point),
                SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, normal));
        }
    }
}
