using HilRig.Sim.Models;
using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Convex shapes by GJK and EPA: two of them, one an ellipsoid, cylinder or mesh, or a shape and
/// the prisms
/// of a height field. Where neither of two is round, up to four more contacts show when both are
/// turned a
/// little about the first.
/// </summary>
internal static class Convex<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Distinct = 1e-3; // of the smaller radius
    private const int TurnCount = 4;

    /// <summary>Finds the contacts of all such pairs, lane by lane.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.HeightField);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.Convex);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
            if (!T.Any(near))
            {
                continue;
            }

            bool field =
                pair >= PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.HeightField);
            int start = env.Work.GetIndex(env.At.Contacts.ContactCount);
            for (int lane = 0; lane < T.LaneCount; lane++)
            {
                if (T.Any(T.Broadcast(near, lane)))
                {
                    env.Work.SetIndex(env.At.Contacts.CandidateCount, 0);
                    FindOne(env, pair, lane, Real3<T>.Broadcast(offset, lane), field);
                    ContactList<T, TWork, TConst, TIndex>.Accept(env, pair, lane, start);
                }
            }
        }
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, int lane, Real3<T> offset, bool field)
    {
        int first = PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair);
        int second = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T margin = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Detection(env, pair), lane);
        T apart = T.Of(Distinct) * T.Broadcast(
            T.Min(Radius(env, first), Radius(env, second)), lane);
        ConvexShape<T, TWork, TConst, TIndex>.Load(
            env, 0, first, lane, Real3<T>.Zero, field ? T.Of(0) : margin);
        ConvexShape<T, TWork, TConst, TIndex>.Load(env, 1, second, lane, offset, margin);
        int problems = IsRound(env, 0) || IsRound(env, 1) ? 1 : 1 + TurnCount;
        FieldWindow window = default;
        if (field)
        {
            problems = ConvexProblems<T, TWork, TConst, TIndex>.Open(env, first, lane, out window);
        }

        Real3<T> middle = Real3<T>.Zero;
        Real3<T> normal = Real3<T>.Zero;
        T distance = T.Of(0);
        for (int k = 0; k < problems && Found(env) < ShapePairs.HeightFieldMax; k++)
        {
            if (
                field
                    && !ConvexProblems<T, TWork, TConst, TIndex>.Prism(env, first, lane, window, k))
            {
                continue;
            }

            if (!field && k == 0)
            {
                ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 0, 2);
                ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 1, 3);
            }
            else if (!field)
            {
                ConvexProblems<T, TWork, TConst, TIndex>.Tilt(env, k, middle, normal);
            }

            bool touch = Penetration<T, TWork, TConst, TIndex>.Find(env, out ConvexGap<T> gap);
            if (!touch && k == 0 && !field)
            {
                return;
            }

            if (touch)
            {
                Real3<T> point = T.Of(0.5) * (gap.First + gap.Second);
                Real3<T> way = Real3<T>.Unit(gap.First - gap.Second, out _);
                bool keeps = k == 0 || field;
                normal = keeps ? way : normal;
                middle = keeps ? point : middle;
                distance = keeps ? (field ? gap.Distance : margin + gap.Distance) : distance;
                Keep(env, first, lane, offset, field, distance, point, way, apart);
            }
        }
    }

    // Adds a contact; a field's is turned from its frame to the world, another's must be new.
    private static void Keep(
        in Env<T, TWork, TConst, TIndex> env,
        int first,
        int lane,
        Real3<T> offset,
        bool field,
        T distance,
        Real3<T> point,
        Real3<T> normal,
        T apart)
    {
        if (field)
        {
            Real3<T> x =
                Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 0), lane);
            Real3<T> y =
                Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 1), lane);
            Real3<T> z =
                Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 2), lane);
            point = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, point);
            normal = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, normal);
        }

        point -= offset;
        if (field || IsDistinct(env, point, apart))
        {
            ContactList<T, TWork, TConst, TIndex>.Find(env, distance, point, normal);
        }
    }

    private static bool IsDistinct(in Env<T, TWork, TConst, TIndex> env, Real3<T> point, T apart)
    {
        for (int k = 0; k < Found(env); k++)
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

    private static int Found(in Env<T, TWork, TConst, TIndex> env) =>
        env.Work.GetIndex(env.At.Contacts.CandidateCount);

    private static T Radius(in Env<T, TWork, TConst, TIndex> env, int geom) =>
        env.Constants.Get(env.At.Contacts.OfGeom(geom, ContactSlots.GeomRadius));

    private static bool IsRound(in Env<T, TWork, TConst, TIndex> env, int shape)
    {
        int kind = ConvexShape<T, TWork, TConst, TIndex>.Kind(env, shape);
        return kind == (int)GeomKind.Sphere || kind == (int)GeomKind.Ellipsoid;
    }
}
