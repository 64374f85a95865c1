using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Where a segment and a box are nearest, and whether the segment lies along it. All in the box's
/// axes; numbers are the same in every lane. Legend: p = middle of the segment, h = half of it, s =
/// half edges of the box.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal static class CapsuleBoxFeatures<T>
    where T : unmanaged, IReal<T>
{
    private const double Smallest = 1e-15;

    /// <summary>The nearest feature: an end before a face, else a point of an edge.</summary>
    public static NearestFeature<T> Find(Real3<T> p, Real3<T> h, Real3<T> s)
    {
        NearestFeature<T> nearest = default;
        nearest.Square = T.Of(1e30);
        nearest.OnAxis = T.Of(0);
        nearest.OnEdge = T.Of(0);
        nearest.Kind = BoxFeature.None;
        for (int side = -1; side <= 1; side += 2)
        {
            TryEnd(p, h, s, side, ref nearest);
        }

        for (int axis = 0; axis < 3; axis++)
        {
            for (int corner = 0; corner < 8; corner++)
            {
                if ((corner & (1 << axis)) == 0)
                {
                    TryEdge(p, h, s, axis, corner, ref nearest);
                }
            }
        }

        return nearest;
    }

    /// <summary>
    /// Whether a second contact makes sense, and how far along the segment it is from the first.
    /// </summary>
    public static bool Second(
        in NearestFeature<T> nearest,
        Real3<T> p,
        Real3<T> axis,
        Real3<T> h,
        Real3<T> s,
        out T second)
    {
        second = T.Of(0);
        int direction = (Positive(h.X) ? 1 : 0) + (Positive(h.Y) ? 2 : 0) + (Positive(h.Z) ? 4 : 0);
        int turned = direction ^ nearest.Corner;
        if (nearest.Kind == BoxFeature.Corner)
        {
            return FromCorner(nearest, turned, axis, h, s, out second);
        }

        if (nearest.Kind == BoxFeature.Edge)
        {
            return FromEdge(nearest, direction, turned, axis, h, s, out second);
        }

        return nearest.Face >= 0 && FromFace(nearest, p, h, s, out second);
    }

    private static void TryEnd(
        Real3<T> p, Real3<T> h, Real3<T> s, int side, ref NearestFeature<T> nearest)
    {
        Real3<T> end = Real3<T>.AddScaled(p, Sign(side > 0), h);
        T square = T.Of(0);
        int beyond = 0;
        int face = -1;
        for (int k = 0; k < 3; k++)
        {
            T over = T.Abs(end.Get(k)) - s.Get(k);
            if (T.Any(over))
            {
                beyond++;
                face = k;
                square = T.Fma(over, over, square);
            }
        }

        if (beyond <= 1 && Uniform<T>.Below(square, nearest.Square))
        {
            nearest.Square = square;
            nearest.OnAxis = Sign(side > 0);
            nearest.Kind = side < 0 ? BoxFeature.FaceLow : BoxFeature.FaceHigh;
            nearest.Face = face;
        }
    }

    // Two segments: the edge and the capsule's axis; x = places on them, each held in [-1, 1].
    private static void TryEdge(
        Real3<T> p,
        Real3<T> h,
        Real3<T> s,
        int axis,
        int corner,
        ref NearestFeature<T> nearest)
    {
        Real3<T> middle = new(
            (corner & 1) != 0 ? s.X : -s.X,
            (corner & 2) != 0 ? s.Y : -s.Y,
            (corner & 4) != 0 ? s.Z : -s.Z);
        middle = middle.With(axis, T.Of(0));
        Real3<T> between = middle - p;
        T size = s.Get(axis);
        T ma = size * size;
        T mb = -size * h.Get(axis);
        T mc = Real3<T>.Dot(h, h);
        T u = -size * between.Get(axis);
        T v = Real3<T>.Dot(h, between);
        T determinant = T.Fma(ma, mc, -mb * mb);
        T smallest = T.Max(T.Of(Smallest), Precision<T>.Choose(0, 1e-6) * ma * mc);
        if (Uniform<T>.Below(T.Abs(determinant), smallest))
        {
            return;
        }

        T onEdge = T.Fma(mc, u, -mb * v) / determinant;
        T onAxis = T.Fma(ma, v, -mb * u) / determinant;
        onEdge = End(onEdge, out int edgeEnd);
        onAxis = edgeEnd == 0 ? onAxis : T.Fnma(mb, onEdge, v) / mc;
        onAxis = End(onAxis, out int axisEnd);
        if (axisEnd != 0)
        {
            onEdge = End(T.Fnma(mb, onAxis, u) / ma, out int again);
            edgeEnd = again != 0 ? again : edgeEnd;
        }

        Real3<T> gap = Real3<T>.AddScaled(between, -onAxis, h);
        gap = gap.With(axis, T.Fma(size, onEdge, gap.Get(axis)));
        T square = Real3<T>.Dot(gap, gap);
        if (Uniform<T>.Below(square, nearest.Square - T.Of(Smallest)))
        {
            nearest.Square = square;
            nearest.OnAxis = onAxis;
            nearest.OnEdge = onEdge;
            nearest.Kind = edgeEnd == 0 ? BoxFeature.Edge : BoxFeature.Corner;
            nearest.Corner = corner + (edgeEnd > 0 ? 1 << axis : 0);
            nearest.Edge = axis;
        }
    }

    private static T End(T place, out int end)
    {
        end = Uniform<T>.Above(place, T.Of(1)) ? 1 : Uniform<T>.Below(place, T.Of(-1)) ? -1 : 0;
        return end == 0 ? place : Sign(end > 0);
    }

    // Along the edge of the corner that the segment is nearest in direction to, or over a face.
    private static bool FromCorner(
        in NearestFeature<T> nearest,
        int turned,
        Real3<T> axis,
        Real3<T> h,
        Real3<T> s,
        out T second)
    {
        second = T.Of(0);
        if (turned is 0 or 7)
        {
            return false;
        }

        bool one = turned is 1 or 2 or 4;
        T sign = Sign(one);
        int bit = one ? turned : 7 - turned;
        int main = bit == 1 ? 0 : bit == 2 ? 1 : 2;
        int next = (main + 1) % 3;
        int last = (main + 2) % 3;
        T ahead = T.Fnma(sign, nearest.OnAxis, T.Of(1));
        T behind = T.Fma(sign, nearest.OnAxis, T.Of(1));
        T lean = axis.Get(main);
        if (Uniform<T>.Above(lean * lean, T.Of(0.5)))
        {
            second = sign * Lower(ahead, Across(s, h, main));
        }
        else
        {
            second = Lower(Lower(behind, Across(s, h, next)), Across(s, h, last));
            second = -sign * second;
        }

        return true;
    }

    // Over the face beside the edge that the segment is flatter to.
    private static bool FromEdge(
        in NearestFeature<T> nearest,
        int direction,
        int turned,
        Real3<T> axis,
        Real3<T> h,
        Real3<T> s,
        out T second)
    {
        second = T.Of(0);
        int main = nearest.Edge;
        int bits = turned & (7 - (1 << main));
        if (bits is not (1 or 2 or 4))
        {
            return false;
        }

        int next = (main + 1) % 3;
        int last = (main + 2) % 3;
        if (Uniform<T>.Above(T.Abs(axis.Get(next)), T.Abs(axis.Get(last))))
        {
            next = last;
        }

        last = 3 - main - next;
        bool up = (bits & (1 << last)) != 0;
        T sign = Sign(up);
        second = T.Fnma(sign, nearest.OnAxis, T.Of(1));
        second = Lower(second, Across(s, h, last));
        bool same = ((direction & (1 << main)) != 0) == up;
        T rest = same ? T.Of(1) - nearest.OnEdge : T.Of(1) + nearest.OnEdge;
        second = Lower(second, s.Get(main) * rest / T.Abs(h.Get(main)));
        second = sign * second;
        return true;
    }

    // To the last place of the segment that is still over the face.
    private static bool FromFace(
        in NearestFeature<T> nearest, Real3<T> p, Real3<T> h, Real3<T> s, out T second)
    {
        T sign = Sign(nearest.Kind == BoxFeature.FaceLow);
        Real3<T> end = Real3<T>.AddScaled(p, -sign, h);
        second = T.Of(2);
        for (int k = 0; k < 3; k++)
        {
            if (k != nearest.Face)
            {
                T high = (s.Get(k) - end.Get(k)) / h.Get(k) * sign;
                T low = (-s.Get(k) - end.Get(k)) / h.Get(k) * sign;
                second = Positive(high) ? Lower(second, high) : second;
                second = Positive(low) ? Lower(second, low) : second;
            }
        }

        second = sign * second;
        return true;
    }

    private static T Across(Real3<T> s, Real3<T> h, int axis) =>
        T.Of(2) * s.Get(axis) / T.Abs(h.Get(axis));

    private static T Lower(T a, T b) => Uniform<T>.Below(b, a) ? b : a;

    // A number read at run time would not compile for devices.
    private static T Sign(bool positive) => positive ? T.Of(1) : T.Of(-1);

    private static bool Positive(T a) => T.Any(a);
}
