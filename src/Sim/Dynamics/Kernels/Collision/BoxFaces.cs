using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A face of one box, the reference, against the most opposed face of the other: that face's
/// corners,
/// clipped by the reference face's sides (Sutherland and Hodgman 1974), are the contacts.
/// </summary>
internal static class BoxFaces<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of a face.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="code">0 to 2 a face of box 1, 3 to 5 of box 2.</param>
    /// <param name="owner">Geom of the face.</param>
    /// <param name="offset">From the centre of box 1 to that of box 2, m.</param>
    /// <param name="lane">Lane at work.</param>
    /// <param name="detection">Distance below which a contact is found, m.</param>
    public static void Find(
        in Env<T, TWork, TConst, TIndex> env,
        int code,
        int owner,
        Real3<T> offset,
        int lane,
        T detection)
    {
        int face = code % 3;
        bool ofFirst = code < 3;
        int sizes = ofFirst ? BoxScratch.SizeFirst : BoxScratch.SizeSecond;
        int center = ofFirst ? BoxScratch.SecondInFirst : BoxScratch.FirstInSecond;
        T side = T.Any(-At(env, center + face)) ? T.Of(-1) : T.Of(1);
        Project(env, face, ofFirst, side);
        int from = 0;
        int count = 4;
        T limitX = At(env, sizes + ((face + 1) % 3));
        T limitY = At(env, sizes + ((face + 2) % 3));
        for (int k = 0; k < 4; k++)
        {
            int sign = (k & 1) == 0 ? 1 : -1;
            count = Clip(env, count, ref from, k / 2, sign, k < 2 ? limitX : limitY);
        }

        T alike = Precision<T>.Choose(1e-14, 1e-10)
            * T.Fma(limitX, limitX, limitY * limitY);

        Real3<T> x =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, owner, 0), lane);
        Real3<T> y =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, owner, 1), lane);
        Real3<T> z =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, owner, 2), lane);
        Real3<T> normal = face == 0 ? x : face == 1 ? y : z;
        normal = (ofFirst ? side : -side) * normal;
        for (int k = 0; k < count; k++)
        {
            Real3<T> corner = Real3<T>.Read(env.Work, Slot(env, from, k));
            if (Uniform<T>.Above(corner.Z, detection) || IsRepeated(env, from, k, alike, detection))
            {
                continue;
            }

            // Midway between the face and the corner.
            T height = side * T.Fma(T.Of(0.5), corner.Z, At(env, sizes + face));
            Real3<T> place = Real3<T>.Zero
                .With((face + 1) % 3, corner.X)
                .With((face + 2) % 3, corner.Y)
                .With(face, height);
            Real3<T> point = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, place);
            ContactList<T, TWork, TConst, TIndex>.Find(
                env, corner.Z, ofFirst ? point - offset : point, normal);
        }
    }

    // The corners of the face most opposed to the reference face, in its x and y, z above it.
    private static void Project(
        in Env<T, TWork, TConst, TIndex> env, int face, bool ofFirst, T side)
    {
        int size = ofFirst ? BoxScratch.SizeSecond : BoxScratch.SizeFirst;
        int sizes = ofFirst ? BoxScratch.SizeFirst : BoxScratch.SizeSecond;
        int center = ofFirst ? BoxScratch.SecondInFirst : BoxScratch.FirstInSecond;
        int opposed = 0;
        for (int k = 1; k < 3; k++)
        {
            if (Uniform<T>.Above(
                T.Abs(Entry(env, ofFirst, face, k)), T.Abs(Entry(env, ofFirst, face, opposed))))
            {
                opposed = k;
            }
        }

        T facing = T.Any(side * Entry(env, ofFirst, face, opposed)) ? T.Of(-1) : T.Of(1);
        int u = (opposed + 1) % 3;
        int v = (opposed + 2) % 3;
        for (int row = 0; row < 3; row++)
        {
            int axis = row == 0 ? (face + 1) % 3 : row == 1 ? (face + 2) % 3 : face;
            T middle = T.Fma(
                facing * At(env, size + opposed),
                Entry(env, ofFirst, axis, opposed),
                At(env, center + axis));
            T alongU = At(env, size + u) * Entry(env, ofFirst, axis, u);
            T alongV = At(env, size + v) * Entry(env, ofFirst, axis, v);
            if (row == 2)
            {
                middle = T.Fma(side, middle, -At(env, sizes + face));
                alongU *= side;
                alongV *= side;
            }

            env.Work.Set(Slot(env, 0, 0) + row, middle + alongU + alongV);
            env.Work.Set(Slot(env, 0, 1) + row, middle - alongU + alongV);
            env.Work.Set(Slot(env, 0, 2) + row, middle - alongU - alongV);
            env.Work.Set(Slot(env, 0, 3) + row, middle + alongU - alongV);
        }
    }

    // Component `row` of axis `column` of the other box, in the axes of the reference box.
    private static T Entry(
        in Env<T, TWork, TConst, TIndex> env, bool ofFirst, int row, int column) =>
        At(env, BoxScratch.Rotation + (ofFirst ? (3 * row) + column : (3 * column) + row));

    // Keeps what is below the limit; a polygon that is all inside stays where it is.
    private static int Clip(
        in Env<T, TWork, TConst, TIndex> env,
        int count,
        ref int from,
        int coordinate,
        int sign,
        T limit)
    {
        T outside = T.Of(-1);
        for (int k = 0; k < count; k++)
        {
            outside = T.Max(outside, Beyond(env, from, k, coordinate, sign, limit));
        }

        if (!T.Any(outside))
        {
            return count;
        }

        int kept = 0;
        for (int k = 0; k < count; k++)
        {
            int next = k + 1 == count ? 0 : k + 1;
            T a = Beyond(env, from, k, coordinate, sign, limit);
            T b = Beyond(env, from, next, coordinate, sign, limit);
            Real3<T> p = Real3<T>.Read(env.Work, Slot(env, from, k));
            if (!T.Any(a))
            {
                kept = Keep(env, from, kept, p);
            }

            if ((T.Any(-a) && T.Any(b)) || (T.Any(a) && T.Any(-b)))
            {
                Real3<T> q = Real3<T>.Read(env.Work, Slot(env, from, next));
                kept = Keep(env, from, kept, Real3<T>.AddScaled(p, a / (a - b), q - p));
            }
        }

        from = 1 - from;
        return kept;
    }

    private static int Keep(
        in Env<T, TWork, TConst, TIndex> env, int from, int kept, Real3<T> point)
    {
        if (kept == BoxScratch.CornerMax)
        {
            return kept;
        }

        point.Write(env.Work, Slot(env, 1 - from, kept));
        return kept + 1;
    }

    private static T Beyond(
        in Env<T, TWork, TConst, TIndex> env,
        int from,
        int corner,
        int coordinate,
        int sign,
        T limit) =>
        T.Fma(
            sign > 0 ? T.Of(1) : T.Of(-1),
            env.Work.Get(Slot(env, from, corner) + coordinate),
            -limit);

    // Clipping at a corner can give it twice.
    private static bool IsRepeated(
        in Env<T, TWork, TConst, TIndex> env, int from, int corner, T alike, T detection)
    {
        Real3<T> one = Real3<T>.Read(env.Work, Slot(env, from, corner));
        for (int k = 0; k < corner; k++)
        {
            Real3<T> other = Real3<T>.Read(env.Work, Slot(env, from, k));
            T x = other.X - one.X;
            T y = other.Y - one.Y;
            if (!Uniform<T>.Above(other.Z, detection)
                && Uniform<T>.Below(T.Fma(x, x, y * y), alike))
            {
                return true;
            }
        }

        return false;
    }

    private static int Slot(in Env<T, TWork, TConst, TIndex> env, int polygon, int corner) =>
        env.At.Contacts.Scratch + BoxScratch.Polygon + (BoxScratch.PolygonStride * polygon)
            + (3 * corner);

    private static T At(in Env<T, TWork, TConst, TIndex> env, int slot) =>
        env.Work.Get(env.At.Contacts.Scratch + slot);
}
