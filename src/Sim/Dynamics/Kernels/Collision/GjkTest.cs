using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Whether two convex shapes overlap, from a tetrahedron: its vertex that is farthest from the
/// origin's
/// side is replaced until the origin is inside or a face shows that it cannot be (MuJoCo,
/// gjkIntersect).
/// </summary>
internal static class GjkTest<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double TooFlat = 1e-30;

    /// <summary>
    /// 1 when they overlap, 0 when not, -1 when it cannot tell; the simplex stays then.
    /// </summary>
    public static int Find(in Env<T, TWork, TConst, TIndex> env, int iteration)
    {
        Take(env);
        int a = Room;
        int b = Room + 1;
        int c = Room + 2;
        int d = Room + 3;
        for (int k = iteration; k < ConvexScratch.IterationMax; k++)
        {
            T farA = Face(env, c, b, d, out Real3<T> normalA);
            T farB = Face(env, a, c, d, out Real3<T> normalB);
            T farC = Face(env, b, a, d, out Real3<T> normalC);
            T farD = Face(env, a, b, c, out Real3<T> normalD);
            if (!(T.Any(T.Abs(farA)) && T.Any(T.Abs(farB)) && T.Any(T.Abs(farC))
                && T.Any(T.Abs(farD))))
            {
                return -1;
            }

            bool firstIsA = Uniform<T>.Below(farA, farB);
            bool secondIsC = Uniform<T>.Below(farC, farD);
            T first = firstIsA ? farA : farB;
            T second = secondIsC ? farC : farD;
            bool isFirst = Uniform<T>.Below(first, second);
            T least = isFirst ? first : second;
            if (T.Any(least))
            {
                Keep(env, a, b, c, d);
                return 1;
            }

            int worst = isFirst ? (firstIsA ? a : b) : (secondIsC ? c : d);
            Real3<T> normal = isFirst
                ? (firstIsA ? normalA : normalB)
                : (secondIsC ? normalC : normalD);
            ConvexVertex<T, TWork, TConst, TIndex>.Find(env, worst, normal);
            if (
                T.Any(
                    -Real3<T>.Dot(
                        normal, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, worst))))
            {
                return 0;
            }

            // Swap the two that follow it: a new vertex on the other side turns the simplex over.
            if (isFirst)
            {
                (b, c) = firstIsA ? (c, b) : (b, c);
                (c, d) = firstIsA ? (c, d) : (d, c);
            }
            else
            {
                (d, a) = secondIsC ? (a, d) : (d, a);
                (a, b) = secondIsC ? (a, b) : (b, a);
            }
        }

        return -1;
    }

    private const int Room = ConvexScratch.SimplexCount;

    // Works in the polytope's room, so that an answer of -1 loses no vertex.
    private static void Take(in Env<T, TWork, TConst, TIndex> env)
    {
        for (int k = 0; k < 4; k++)
        {
            ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, k, Room + k);
        }
    }

    private static void Keep(in Env<T, TWork, TConst, TIndex> env, int a, int b, int c, int d)
    {
        ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, a, 0);
        ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, b, 1);
        ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, c, 2);
        ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, d, 3);
    }

    // Signed distance of the origin from a face, and the face's normal; very far when it has none.
    private static T Face(
        in Env<T, TWork, TConst, TIndex> env, int a, int b, int c, out Real3<T> normal)
    {
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        Real3<T> across = Real3<T>.Cross(
            ConvexVertex<T, TWork, TConst, TIndex>.Point(
                env, c) - p, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b) - p);
        T square = Real3<T>.Dot(across, across);
        if (!Uniform<T>.Above(square, T.Of(TooFlat)))
        {
            normal = across;
            return T.Of(1e30);
        }

        normal = (T.Of(1) / T.Sqrt(square)) * across;
        return Real3<T>.Dot(normal, p);
    }
}
