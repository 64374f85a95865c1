using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Two edges of boxes that cross: one contact in the middle of their nearest points. Legend: s and
/// t =
/// places on the edges, m; b = cosine between them.
/// </summary>
internal static class BoxEdges<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contact of edge i of box 1 and j of box 2.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="edges">3i + j.</param>
    /// <param name="first">Geom of box 1.</param>
    /// <param name="offset">From its centre to that of box 2, m.</param>
    /// <param name="lane">Lane at work.</param>
    /// <param name="detection">Distance below which a contact is found, m.</param>
    public static void Find(
        in Env<T, TWork, TConst, TIndex> env,
        int edges,
        int first,
        Real3<T> offset,
        int lane,
        T detection)
    {
        int scratch = env.At.Contacts.Scratch;
        int i = edges / 3;
        int j = edges % 3;
        Real3<T> axis = Real3<T>.Unit(BoxAxes<T, TWork, TConst, TIndex>.Product(env, i, j), out _);
        Real3<T> center = Real3<T>.Read(env.Work, scratch + BoxScratch.SecondInFirst);
        axis = Real3<T>.Where(-Real3<T>.Dot(axis, center), -axis, axis);
        Real3<T> inSecond = new(
            Real3<T>.Dot(axis, Real3<T>.ReadColumn(env.Work, scratch + BoxScratch.Rotation)),
            Real3<T>.Dot(axis, Real3<T>.ReadColumn(env.Work, scratch + BoxScratch.Rotation + 1)),
            Real3<T>.Dot(axis, Real3<T>.ReadColumn(env.Work, scratch + BoxScratch.Rotation + 2)));

        // Where the axis is across an edge, both sides of the box support it: try both.
        int unsureFirst = Unsure(axis, i);
        int unsureSecond = Unsure(inSecond, j);
        T best = T.Of(1e10);
        Real3<T> low = Real3<T>.Zero;
        Real3<T> high = Real3<T>.Zero;
        for (int k = 0; k < 4; k++)
        {
            bool flipFirst = (k & 2) != 0;
            bool flipSecond = (k & 1) != 0;
            if ((flipFirst && unsureFirst < 0) || (flipSecond && unsureSecond < 0))
            {
                continue;
            }

            Real3<T> a = Corner(env, BoxScratch.SizeFirst, axis, i, flipFirst ? unsureFirst : -1);
            Real3<T> b = Corner(
                env, BoxScratch.SizeSecond, -inSecond, j, flipSecond ? unsureSecond : -1);
            Nearest(env, i, j, ref a, ref b);
            Real3<T> between = b - a;
            T square = Real3<T>.Dot(between, between);
            if (Uniform<T>.Below(square, best))
            {
                best = square;
                low = a;
                high = b;
            }
        }

        T distance = Real3<T>.Dot(high - low, axis);
        if (!Uniform<T>.Above(distance, detection))
        {
            Add(env, first, lane, offset, distance, T.Of(0.5) * (low + high), axis);
        }
    }

    private static void Add(
        in Env<T, TWork, TConst, TIndex> env,
        int first,
        int lane,
        Real3<T> offset,
        T distance,
        Real3<T> middle,
        Real3<T> axis)
    {
        Real3<T> x =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 0), lane);
        Real3<T> y =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 1), lane);
        Real3<T> z =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, first, 2), lane);
        Real3<T> fromSecond = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, middle) - offset;
        ContactList<T, TWork, TConst, TIndex>.Find(
            env, distance, fromSecond, SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, axis));
    }

    private static int Unsure(Real3<T> axis, int edge)
    {
        T least = Precision<T>.Choose(1e-9, 1e-5);
        int next = (edge + 1) % 3;
        int last = (edge + 2) % 3;
        return Uniform<T>.Below(T.Abs(axis.Get(next)), least) ? next
            : Uniform<T>.Below(T.Abs(axis.Get(last)), least) ? last : -1;
    }

    // Middle of the edge that is farthest along the axis, in the box's own axes.
    private static Real3<T> Corner(
        in Env<T, TWork, TConst, TIndex> env, int size, Real3<T> axis, int edge, int flipped)
    {
        Real3<T> corner = Real3<T>.Zero;
        for (int k = 0; k < 3; k++)
        {
            // A component of 0 counts as positive of box 1 and of the opposite axis of box 2.
            T half = env.Work.Get(env.At.Contacts.Scratch + size + k);
            bool negative = size == BoxScratch.SizeFirst
                ? T.Any(-axis.Get(k))
                : !T.Any(axis.Get(k));
            T value = negative != (k == flipped) ? -half : half;
            corner = k == edge ? corner : corner.With(k, value);
        }

        return corner;
    }

    // Nearest points of the edges through a, of box 1, and b, of box 2, in the axes of box 1.
    private static void Nearest(
        in Env<T, TWork, TConst, TIndex> env, int i, int j, ref Real3<T> a, ref Real3<T> b)
    {
        TWork work = env.Work;
        int scratch = env.At.Contacts.Scratch;
        int rotation = scratch + BoxScratch.Rotation;
        Real3<T> along = Real3<T>.ReadColumn(work, rotation + j);
        Real3<T> center = Real3<T>.Read(work, scratch + BoxScratch.SecondInFirst);
        b = center + new Real3<T>(
            Real3<T>.Dot(Real3<T>.Read(work, rotation), b),
            Real3<T>.Dot(Real3<T>.Read(work, rotation + 3), b),
            Real3<T>.Dot(Real3<T>.Read(work, rotation + 6), b));
        Real3<T> between = b - a;
        T cosine = along.Get(i);
        T rest = T.Fnma(cosine, cosine, T.Of(1));
        T first = between.Get(i);
        T second = Real3<T>.Dot(along, between);
        T sizeFirst = work.Get(scratch + BoxScratch.SizeFirst + i);
        T sizeSecond = work.Get(scratch + BoxScratch.SizeSecond + j);
        T s = Uniform<T>.Below(rest, T.Of(1e-15))
            ? T.Of(0)
            : T.Fnma(cosine, second, first) / rest;
        s = Uniform<T>.Clip(s, sizeFirst);
        T t = Uniform<T>.Clip(T.Fma(cosine, s, -second), sizeSecond);
        s = Uniform<T>.Clip(T.Fma(cosine, t, first), sizeFirst);
        a = a.With(i, s);
        b = Real3<T>.AddScaled(b, t, along);
    }
}
