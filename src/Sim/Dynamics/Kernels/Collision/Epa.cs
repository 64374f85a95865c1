using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// How deep two convex shapes overlap: the polytope that GJK leaves is grown towards the face
/// nearest to the
/// origin (van den Bergen 2001, with the stopping rules of MuJoCo's engine_collision_gjk.c).
/// </summary>
internal static class Epa<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double VeryFar = 1e30;

    /// <summary>Grows the polytope; false when it fails numerically.</summary>
    public static bool Grow(in Env<T, TWork, TConst, TIndex> env, ref ConvexGap<T> gap)
    {
        bool discrete = ConvexShape<T, TWork, TConst, TIndex>.IsDiscrete(env, 0)
            && ConvexShape<T, TWork, TConst, TIndex>.IsDiscrete(env, 1);
        T tolerance =
            discrete ? Precision<T>.Choose(1e-15, 1e-6) : Gjk<T, TWork, TConst, TIndex>.Tolerance;
        T upper = T.Of(VeryFar);
        int face = -1;
        for (int k = 0; k < ConvexScratch.IterationMax; k++)
        {
            int last = face;
            face = Nearest(env, face, out T square);
            if (face < 0 || Uniform<T>.Above(square, upper * upper))
            {
                face = last;
                break;
            }

            if (!T.Any(square))
            {
                break;
            }

            T lower = T.Sqrt(square);
            Real3<T> normal = Polytope<T, TWork, TConst, TIndex>.Normal(env, face);
            int vertex =
                Polytope<T, TWork, TConst, TIndex>.AddSupport(env, (T.Of(1) / lower) * normal);
            T bound = Real3<T>.Dot(
                normal, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, vertex)) / lower;
            upper = T.Min(upper, bound);
            if (Uniform<T>.Below(upper - lower, tolerance))
            {
                bool wrong = k == 0
                    && Uniform<T>.Below(upper, lower - Precision<T>.Choose(1e-10, 1e-6));
                face = wrong ? -1 : face;
                break;
            }

            if (discrete && IsKnown(env, vertex))
            {
                break;
            }

            int grown = Attach(env, face, vertex, square, upper * upper);
            face = grown < 0 ? -1 : face;
            if (grown <= 0 || Polytope<T, TWork, TConst, TIndex>.ListCount(env) == 0)
            {
                break;
            }
        }

        return face >= 0 && Witness(env, face, ref gap);
    }

    // The listed face nearest to the origin; the face given when none is.
    private static int Nearest(in Env<T, TWork, TConst, TIndex> env, int face, out T square)
    {
        square = T.Of(VeryFar);
        int count = Polytope<T, TWork, TConst, TIndex>.ListCount(env);
        for (int k = 0; k < count; k++)
        {
            int listed = Polytope<T, TWork, TConst, TIndex>.Listed(env, k);
            T far = Polytope<T, TWork, TConst, TIndex>.Square(env, listed);
            if (Uniform<T>.Below(far, square))
            {
                face = listed;
                square = far;
            }
        }

        return face;
    }

    private static bool IsKnown(in Env<T, TWork, TConst, TIndex> env, int vertex)
    {
        for (int k = ConvexScratch.SimplexCount; k < vertex; k++)
        {
            bool same = true;
            for (int shape = 0; shape < 2; shape++)
            {
                int known = ConvexVertex<T, TWork, TConst, TIndex>.Corner(env, k, shape);
                same &= known == ConvexVertex<T, TWork, TConst, TIndex>.Corner(env, vertex, shape);
            }

            if (same)
            {
                return true;
            }
        }

        return false;
    }

    // Replaces what the vertex sees by faces to it. 1: done; 0: no room, the face stands; -1:
    // failed.
    private static int Attach(
        in Env<T, TWork, TConst, TIndex> env, int face, int vertex, T lower, T upper)
    {
        int edges = Horizon<T, TWork, TConst, TIndex>.Find(
            env, face, ConvexVertex<T, TWork, TConst, TIndex>.Point(env, vertex));
        if (edges < 3)
        {
            return -1;
        }

        int first = Polytope<T, TWork, TConst, TIndex>.FaceCount(env);
        if (first + edges > ConvexScratch.FaceMax)
        {
            return 0;
        }

        for (int k = 0; k < edges; k++)
        {
            int beyond = Horizon<T, TWork, TConst, TIndex>.Face(env, k);
            int edge = Horizon<T, TWork, TConst, TIndex>.Edge(env, k);
            int from = Polytope<T, TWork, TConst, TIndex>.Vertex(env, beyond, edge);
            int to = Polytope<T, TWork, TConst, TIndex>.Vertex(env, beyond, (edge + 1) % 3);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(env, beyond, edge, first + k);
            int added = Polytope<T, TWork, TConst, TIndex>.AddFace(env, vertex, to, from);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(
                env, added, 0, first + (k == 0 ? edges - 1 : k - 1));
            Polytope<T, TWork, TConst, TIndex>.SetBeside(env, added, 1, beyond);
            Polytope<T, TWork, TConst, TIndex>.SetBeside(
                env, added, 2, first + (k + 1 == edges ? 0 : k + 1));
            T square = Polytope<T, TWork, TConst, TIndex>.Square(env, added);
            if (!T.Any(square))
            {
                return -1;
            }

            if (!Uniform<T>.Below(square, lower) && !Uniform<T>.Above(square, upper))
            {
                Polytope<T, TWork, TConst, TIndex>.List(env, added);
            }
        }

        return 1;
    }

    // Points of both shapes from the weights of the projection in the face.
    private static bool Witness(
        in Env<T, TWork, TConst, TIndex> env, int face, ref ConvexGap<T> gap)
    {
        int a = Polytope<T, TWork, TConst, TIndex>.Vertex(env, face, 0);
        int b = Polytope<T, TWork, TConst, TIndex>.Vertex(env, face, 1);
        int c = Polytope<T, TWork, TConst, TIndex>.Vertex(env, face, 2);
        Real3<T> foot = Polytope<T, TWork, TConst, TIndex>.Normal(env, face);
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        Real3<T> q = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b);
        Real3<T> r = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, c);
        Real3<T> normal = Real3<T>.Cross(q - p, r - p);
        int axis = Uniform<T>.Below(T.Abs(normal.X), T.Abs(normal.Y)) ? 1 : 0;
        axis = Uniform<T>.Below(T.Abs(normal.Get(axis)), T.Abs(normal.Z)) ? 2 : axis;
        T whole = normal.Get(axis);
        T shareA = Real3<T>.Cross(q - foot, r - foot).Get(axis) / whole;
        T shareB = Real3<T>.Cross(r - foot, p - foot).Get(axis) / whole;
        T shareC = Real3<T>.Cross(p - foot, q - foot).Get(axis) / whole;
        gap.First = Mix(env, a, b, c, 0, shareA, shareB, shareC);
        gap.Second = Mix(env, a, b, c, 1, shareA, shareB, shareC);
        gap.Distance = -T.Sqrt(Polytope<T, TWork, TConst, TIndex>.Square(env, face));
        return true;
    }

    private static Real3<T> Mix(
        in Env<T, TWork, TConst, TIndex> env,
        int a,
        int b,
        int c,
        int shape,
        T shareA,
        T shareB,
        T shareC)
    {
        Real3<T> sum = shareA * ConvexVertex<T, TWork, TConst, TIndex>.On(env, a, shape);
        sum = Real3<T>.AddScaled(
            sum, shareB, ConvexVertex<T, TWork, TConst, TIndex>.On(env, b, shape));
        return Real3<T>.AddScaled(
            sum, shareC, ConvexVertex<T, TWork, TConst, TIndex>.On(env, c, shape));
    }
}
