using HilRig.Sim.Models;
using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Two convex shapes, one of them an ellipsoid, cylinder or mesh: the deepest point by GJK and EPA; where
/// neither is round, up to four more that show when both are turned a little about it (MuJoCo, mjc_Convex).
/// </summary>
internal static class Convex<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs, lane by lane.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.Convex);
        for (int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.Convex); pair < end; pair++)
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

    private const double Angle = 1e-3; // rad
    private const double Distinct = 1e-3; // of the smaller radius

    private static void FindOne(in Env<T, TWork, TConst, TIndex> env, int pair, int lane, Real3<T> offset)
    {
        int first = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int second = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T margin = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);
        ConvexShape<T, TWork, TConst, TIndex>.Load(env, 0, first, lane, Real3<T>.Zero, margin);
        ConvexShape<T, TWork, TConst, TIndex>.Load(env, 1, second, lane, offset, margin);
        if (!Penetration<T, TWork, TConst, TIndex>.Find(env, out ConvexGap<T> gap))
        {
            return;
        }

        Real3<T> middle = T.Of(0.5) * (gap.First + gap.Second);
        Real3<T> normal = Real3<T>.Unit(gap.First - gap.Second, out _);
        ContactList<T, TWork, TConst, TIndex>.Find(env, margin + gap.Distance, middle - offset, normal);
        if (!IsRound(env, 0) && !IsRound(env, 1))
        {
            T a = env.Constants.Get(
                env.At.Contacts.OfGeom(first, ContactSlots.GeomRadius));
            T b = env.Constants.Get(
                env.At.Contacts.OfGeom(second, ContactSlots.GeomRadius));
            T apart = T.Of(Distinct) * T.Broadcast(T.Min(a, b), lane);
            FindMore(env, middle, normal, margin + gap.Distance, offset, apart);
        }
    }

    // Turns both against one another about each tangent, both ways.
    private static void FindMore(
        in Env<T, TWork, TConst, TIndex> env, Real3<T> middle, Real3<T> normal, T distance, Real3<T> offset, T apart)
    {
        ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 0, 2);
        ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 1, 3);
        Real3<T> tangent = FramePhases<T, TWork, TConst, TIndex>.Tangent(normal, Real3<T>.Zero);
        for (int k = 0; k < 4; k++)
        {
            Real3<T> axis = k < 2 ? tangent : Real3<T>.Cross(normal, tangent);
            T angle = (k & 1) == 0 ? T.Of(-Angle) : T.Of(Angle);
            Tilt(env, 0, middle, axis, angle);
            Tilt(env, 1, middle, axis, -angle);
            if (Penetration<T, TWork, TConst, TIndex>.Find(env, out ConvexGap<T> gap))
            {
                Real3<T> point = (T.Of(0.5) * (gap.First + gap.Second)) - offset;
                if (IsDistinct(env, point, apart))
                {
                    Real3<T> other = Real3<T>.Unit(gap.First - gap.Second, out _);
                    ContactList<T, TWork, TConst, TIndex>.Find(env, distance, point, other);
                }
            }

            ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 2, 0);
            ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 3, 1);
        }
    }

    private static void Tilt(in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> pivot, Real3<T> axis, T angle)
    {
        T.SinCos(angle, out T sin, out T cos);
        T rest = T.Of(1) - cos;
        Real3<T> x = (rest * axis.X) * axis;
        Real3<T> y = (rest * axis.Y) * axis;
        Real3<T> z = (rest * axis.Z) * axis;
        T sx = sin * axis.X;
        T sy = sin * axis.Y;
        T sz = sin * axis.Z;
        x = new(x.X + cos, x.Y + sz, x.Z - sy);
        y = new(y.X - sz, y.Y + cos, y.Z + sx);
        z = new(z.X + sy, z.Y - sx, z.Z + cos);
        ConvexShape<T, TWork, TConst, TIndex>.Turn(env, shape, pivot, x, y, z);
    }

    private static bool IsDistinct(in Env<T, TWork, TConst, TIndex> env, Real3<T> point, T apart)
    {
        int count = env.Work.GetIndex(env.At.Contacts.CandidateCount);
        for (int k = 0; k < count; k++)
        {
            Real3<T> between = point - Real3<T>.Read(
                env.Work, env.At.Contacts.OfCandidate(k, ContactSlots.CandidatePosition));
            if (!Uniform<T>.Above(Real3<T>.Dot(between, between), apart * apart))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsRound(in Env<T, TWork, TConst, TIndex> env, int shape)
    {
        int kind = ConvexShape<T, TWork, TConst, TIndex>.Kind(env, shape);
        return kind == (int)GeomKind.Sphere || kind == (int)GeomKind.Ellipsoid;
    }
}
