using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Barycentric coordinates of the point of a simplex that is nearest to the origin, by signed
/// volumes
/// (Montanari, Petrinic and Barbieri 2017). Written to the weights of the scratch; 0 where a vertex
/// is not
/// needed.
/// </summary>
internal static class Simplex<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Weights of the first <paramref name="count"/> vertices; the rest are 0.</summary>
    public static void Nearest(in Env<T, TWork, TConst, TIndex> env, int count)
    {
        for (int k = 0; k < 4; k++)
        {
            Set(env, k, T.Of(0));
        }

        if (count == 1)
        {
            Set(env, 0, T.Of(1));
        }
        else if (count == 2)
        {
            Segment(env, 0, 1);
        }
        else if (count == 3)
        {
            _ = Triangle(env, 0, 1, 2, T.Of(1e30));
        }
        else
        {
            Tetrahedron(env);
        }
    }

    /// <summary>A weight.</summary>
    public static T Weight(in Env<T, TWork, TConst, TIndex> env, int vertex) =>
        env.Work.Get(env.At.Contacts.Scratch + ConvexScratch.Weight + vertex);

    /// <summary>Sets a weight.</summary>
    public static void Set(in Env<T, TWork, TConst, TIndex> env, int vertex, T weight) =>
        env.Work.Set(env.At.Contacts.Scratch + ConvexScratch.Weight + vertex, weight);

    /// <summary>
    /// Projection of the origin on the plane of three points, which is the plane's normal too.
    /// False when they lie in a line.
    /// </summary>
    public static bool Project(Real3<T> a, Real3<T> b, Real3<T> c, out Real3<T> foot)
    {
        Real3<T> ab = b - a;
        Real3<T> ac = c - a;
        Real3<T> bc = c - b;
        if (Along(Real3<T>.Cross(bc, ab), b, true, out foot, out bool flat))
        {
            return true;
        }

        if (flat)
        {
            return false;
        }

        if (Along(Real3<T>.Cross(ab, ac), a, true, out foot, out flat))
        {
            return true;
        }

        return !flat && Along(Real3<T>.Cross(ac, bc), c, false, out foot, out _);
    }

    private static bool Along(
        Real3<T> normal, Real3<T> point, bool strict, out Real3<T> foot, out bool flat)
    {
        T height = Real3<T>.Dot(normal, point);
        T square = Real3<T>.Dot(normal, normal);
        flat = !T.Any(square);
        foot = (height / square) * normal;
        return !strict || (T.Any(T.Abs(height)) && Uniform<T>.Above(square, T.Of(1e-15)));
    }

    private static void Segment(in Env<T, TWork, TConst, TIndex> env, int a, int b)
    {
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        Real3<T> q = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b);
        Real3<T> along = q - p;
        T share = -Real3<T>.Dot(p, along) / Real3<T>.Dot(along, along);
        bool inside = T.Any(share) && Uniform<T>.Below(share, T.Of(1));
        Set(env, a, inside ? T.Of(1) - share : T.Of(0));
        Set(env, b, inside ? share : T.Of(1));
    }

    // Writes its weights and returns the squared distance when that is below the bound.
    private static T Triangle(in Env<T, TWork, TConst, TIndex> env, int a, int b, int c, T bound)
    {
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        Real3<T> q = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b);
        Real3<T> r = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, c);
        if (!Project(p, q, r, out Real3<T> foot))
        {
            return Edge(env, a, b, bound);
        }

        // Areas seen along the axis in which the triangle is largest.
        Real3<T> normal = Real3<T>.Cross(q - p, r - p);
        int axis = Uniform<T>.Below(T.Abs(normal.X), T.Abs(normal.Y)) ? 1 : 0;
        axis = Uniform<T>.Below(T.Abs(normal.Get(axis)), T.Abs(normal.Z)) ? 2 : axis;
        T whole = normal.Get(axis);
        T areaP = Real3<T>.Cross(q - foot, r - foot).Get(axis);
        T areaQ = Real3<T>.Cross(r - foot, p - foot).Get(axis);
        T areaR = Real3<T>.Cross(p - foot, q - foot).Get(axis);
        bool hasP = SameSign(areaP, whole);
        bool hasQ = SameSign(areaQ, whole);
        bool hasR = SameSign(areaR, whole);
        if (hasP && hasQ && hasR)
        {
            T square = Real3<T>.Dot(foot, foot);
            if (Uniform<T>.Below(square, bound))
            {
                Clear(env);
                Set(env, a, areaP / whole);
                Set(env, b, areaQ / whole);
                Set(env, c, areaR / whole);
                return square;
            }

            return bound;
        }

        bound = hasP ? bound : Edge(env, b, c, bound);
        bound = hasQ ? bound : Edge(env, a, c, bound);
        return hasR ? bound : Edge(env, a, b, bound);
    }

    private static T Edge(in Env<T, TWork, TConst, TIndex> env, int a, int b, T bound)
    {
        T keptA = Weight(env, a);
        T keptB = Weight(env, b);
        Segment(env, a, b);
        Real3<T> nearest = Weight(env, a) * ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        nearest = Real3<T>.AddScaled(
            nearest, Weight(env, b), ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b));
        T square = Real3<T>.Dot(nearest, nearest);
        if (Uniform<T>.Below(square, bound))
        {
            T shareA = Weight(env, a);
            T shareB = Weight(env, b);
            Clear(env);
            Set(env, a, shareA);
            Set(env, b, shareB);
            return square;
        }

        Set(env, a, keptA);
        Set(env, b, keptB);
        return bound;
    }

    private static void Clear(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 4; k++)
        {
            Set(env, k, T.Of(0));
        }
    }

    private static void Tetrahedron(in Env<T, TWork, TConst, TIndex> env)
    {
        Real3<T> a = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 0);
        Real3<T> b = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 1);
        Real3<T> c = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 2);
        Real3<T> d = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 3);
        T volumeA = -Volume(b, c, d);
        T volumeB = Volume(a, c, d);
        T volumeC = -Volume(a, b, d);
        T volumeD = Volume(a, b, c);
        T whole = volumeA + volumeB + volumeC + volumeD;
        bool hasA = SameSign(volumeA, whole);
        bool hasB = SameSign(volumeB, whole);
        bool hasC = SameSign(volumeC, whole);
        bool hasD = SameSign(volumeD, whole);
        if (hasA && hasB && hasC && hasD)
        {
            Set(env, 0, volumeA / whole);
            Set(env, 1, volumeB / whole);
            Set(env, 2, volumeC / whole);
            Set(env, 3, volumeD / whole);
            return;
        }

        T bound = T.Of(1e30);
        bound = hasA ? bound : Triangle(env, 1, 2, 3, bound);
        bound = hasB ? bound : Triangle(env, 0, 2, 3, bound);
        bound = hasC ? bound : Triangle(env, 0, 1, 3, bound);
        _ = hasD ? bound : Triangle(env, 0, 1, 2, bound);
    }

    // Products of small volumes would underflow.
    private static bool SameSign(T a, T b) => (T.Any(a) && T.Any(b)) || (T.Any(-a) && T.Any(-b));

    private static T Volume(Real3<T> a, Real3<T> b, Real3<T> c) =>
        Real3<T>.Dot(a, Real3<T>.Cross(b, c));
}
