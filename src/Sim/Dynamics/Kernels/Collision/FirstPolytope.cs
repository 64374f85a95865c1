using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A polytope about the origin from what GJK leaves: a segment, a triangle or a tetrahedron
/// (MuJoCo,
/// polytope2, polytope3 and polytope4). A face that holds the origin is a triangle to begin with
/// again.
/// </summary>
internal static class FirstPolytope<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double TooNear = 1e-30; // m²: the origin is on a face
    private const int PassMax = 2;

    private static T Least => Precision<T>.Choose(TooNear, 1e-17);

    /// <summary>Makes it; false when the shapes only touch or it cannot be made.</summary>
    public static bool Make(in Env<T, TWork, TConst, TIndex> env, int count)
    {
        for (int pass = 0; pass < PassMax; pass++)
        {
            Real3<T> normal = AddVertices(env, count);
            if (count == 3 && !HasDepth(env, normal))
            {
                return false;
            }

            int bad = AddFaces(env, count);
            if (bad < 0)
            {
                return count == 3 || (count == 4 ? HoldsOrigin(env) : IsConvex(env));
            }

            if (count == 3)
            {
                return false;
            }

            for (int corner = 0; corner < 3; corner++)
            {
                ConvexVertex<T, TWork, TConst, TIndex>.Copy(
                    env, Polytope<T, TWork, TConst, TIndex>.Vertex(env, bad, corner), corner);
            }

            count = 3;
        }

        return false;
    }

    // The simplex and support points beside it: three about a segment, 120 degrees apart, one on
    // each
    // side of a triangle. Returns the direction of the last.
    private static Real3<T> AddVertices(in Env<T, TWork, TConst, TIndex> env, int count)
    {
        Polytope<T, TWork, TConst, TIndex>.Clear(env);
        Real3<T> sum = Real3<T>.Zero;
        for (int k = 0; k < count; k++)
        {
            sum += ConvexVertex<T, TWork, TConst, TIndex>.Point(
                env, Polytope<T, TWork, TConst, TIndex>.AddCopy(env, k));
        }

        T share = count == 2 ? T.Of(0.5) : count == 3 ? T.Of(1.0 / 3) : T.Of(0.25);
        Polytope<T, TWork, TConst, TIndex>.SetInner(env, share * sum);
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 0);
        Real3<T> along = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 1) - p;
        Real3<T> across = count == 2
            ? Real3<T>.Cross(Real3<T>.Zero.With(Least3(along), T.Of(1)), along)
            : Real3<T>.Cross(ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 2) - p, along);
        Real3<T> direction = Real3<T>.Unit(across, out _);
        Real3<T> axis = Real3<T>.Unit(along, out _);
        int more = count == 2 ? 3 : count == 3 ? 2 : 0;
        for (int k = 0; k < more; k++)
        {
            direction = k == 0 ? direction : count == 2 ? Third(direction, axis) : -direction;
            _ = Polytope<T, TWork, TConst, TIndex>.AddSupport(env, direction);
        }

        return direction;
    }

    private static int Least3(Real3<T> a)
    {
        int axis = Uniform<T>.Below(T.Abs(a.Y), T.Abs(a.X)) ? 1 : 0;
        return Uniform<T>.Below(T.Abs(a.Z), T.Abs(a.Get(axis))) ? 2 : axis;
    }

    // Turns a vector across a unit axis by 120 degrees.
    private static Real3<T> Third(Real3<T> a, Real3<T> axis) => Real3<T>.AddScaled(
        T.Of(-0.5) * a, T.Of(0.86602540378443865), Real3<T>.Cross(axis, a));

    // A tetrahedron, or two pyramids over three vertices; returns a face that holds the origin, or
    // -1.
    private static int AddFaces(in Env<T, TWork, TConst, TIndex> env, int count)
    {
        int faces = count == 4 ? 4 : 6;
        for (int k = 0; k < faces; k++)
        {
            int code = Corners(count, k);
            int face = Polytope<T, TWork, TConst, TIndex>.AddFace(
                env, First + (code / 100), First + (code / 10 % 10), First + (code % 10));
            if (Uniform<T>.Below(Polytope<T, TWork, TConst, TIndex>.Square(env, face), Least))
            {
                return face;
            }
        }

        for (int k = 0; k < faces; k++)
        {
            int code = Neighbors(count, k);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(env, k, 0, code / 100);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(env, k, 1, code / 10 % 10);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(env, k, 2, code % 10);
            Polytope<T, TWork, TConst, TIndex>.List(env, k);
        }

        return -1;
    }

    private const int First = ConvexScratch.SimplexCount;

    // Three digits: the vertices of a face. A segment's ends are the tips of the pyramids; a
    // triangle's
    // tips come after its corners.
    private static int Corners(int count, int face) => count switch
    {
        2 => face switch { 0 => 23, 1 => 42, 2 => 34, 3 => 132, 4 => 124, _ => 143 },
        3 => face switch { 0 => 401, 1 => 420, 2 => 412, 3 => 310, 4 => 302, _ => 321 },
        _ => face switch { 0 => 12, 1 => 31, 2 => 23, _ => 321 },
    };

    // Three digits: the faces across the edges of a face.
    private static int Neighbors(int count, int face) => count == 4
        ? face switch { 0 => 132, 1 => 230, 2 => 31, _ => 201 }
        : face switch { 0 => 132, 1 => 240, 2 => 51, 3 => 504, 4 => 315, _ => 423 };

    // Whether the triangle has a plane, and the shapes reach out of it on both sides.
    private static bool HasDepth(in Env<T, TWork, TConst, TIndex> env, Real3<T> normal)
    {
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 0);
        Real3<T> across = Real3<T>.Cross(
            ConvexVertex<T, TWork, TConst, TIndex>.Point(
                env, 1) - p, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, 2) - p);
        T least = Precision<T>.Choose(1e-15, 1e-8);
        T below =
            Real3<T>.Dot(normal, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + 3) - p);
        T above =
            Real3<T>.Dot(normal, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + 4) - p);
        return Uniform<T>.Above(Real3<T>.Dot(across, across), T.Of(TooNear))
            && Uniform<T>.Above(T.Abs(below), least)
            && Uniform<T>.Above(T.Abs(above), least);
    }

    // Whether the origin is in the tetrahedron: on the inner side of each face.
    private static bool HoldsOrigin(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 4; k++)
        {
            Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + ((k + 1) % 4));
            Real3<T> normal = Real3<T>.Cross(
                ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + ((k + 2) % 4)) - p,
                ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + ((k + 3) % 4)) - p);
            T vertex = Real3<T>.Dot(
                normal, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + k) - p);
            T origin = -Real3<T>.Dot(normal, p);
            if (!((T.Any(vertex) && T.Any(origin)) || (T.Any(-vertex) && T.Any(-origin))))
            {
                return false;
            }
        }

        return true;
    }

    // Whether the segment goes through the triangle of the three vertices about it.
    private static bool IsConvex(in Env<T, TWork, TConst, TIndex> env)
    {
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First);
        Real3<T> along = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + 1) - p;
        T low = T.Of(1e30);
        T high = T.Of(-1e30);
        for (int k = 0; k < 3; k++)
        {
            Real3<T> a = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + 2 + k) - p;
            Real3<T> b =
                ConvexVertex<T, TWork, TConst, TIndex>.Point(env, First + 2 + ((k + 1) % 3)) - p;
            T volume = Real3<T>.Dot(a, Real3<T>.Cross(b, along));
            low = T.Min(low, volume);
            high = T.Max(high, volume);
        }

        return !T.Any(-low) || !T.Any(high);
    }
}
