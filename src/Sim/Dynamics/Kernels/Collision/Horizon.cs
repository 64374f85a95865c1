using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The edge of what a point sees of the polytope: faces that it sees are deleted, and the edges to
/// those it
/// does not see are left in order around. Depth first, with a stack of its own.
/// </summary>
internal static class Horizon<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Number of edges; below 3 when it failed.</summary>
    public static int Find(in Env<T, TWork, TConst, TIndex> env, int start, Real3<T> point)
    {
        Set(env, ConvexScratch.HorizonTotal, 0);
        Polytope<T, TWork, TConst, TIndex>.Delete(env, start);
        bool complete = true;
        for (int edge = 0; edge < 3; edge++)
        {
            int beside = Polytope<T, TWork, TConst, TIndex>.Beside(env, start, edge);
            if (edge == 0 || Polytope<T, TWork, TConst, TIndex>.Has(env, beside))
            {
                int vertex = Polytope<T, TWork, TConst, TIndex>.Vertex(env, start, (edge + 1) % 3);
                complete &= Visit(env, beside, vertex, point);
            }
        }

        return complete ? Get(env, ConvexScratch.HorizonTotal) : 0;
    }

    /// <summary>Face beyond an edge of the horizon.</summary>
    public static int Face(in Env<T, TWork, TConst, TIndex> env, int edge) =>
        Get(env, ConvexScratch.Horizon + (2 * edge));

    /// <summary>That face's edge.</summary>
    public static int Edge(in Env<T, TWork, TConst, TIndex> env, int edge) =>
        Get(env, ConvexScratch.Horizon + (2 * edge) + 1);

    private static bool Visit(
        in Env<T, TWork, TConst, TIndex> env, int face, int vertex, Real3<T> point)
    {
        int depth = 0;
        bool complete = Enter(env, face, vertex, point, ref depth);
        while (depth > 0 && complete)
        {
            int top = ConvexScratch.Stack + (3 * (depth - 1));
            int turn = Get(env, top + 2);
            if (turn == 3)
            {
                depth--;
                continue;
            }

            Set(env, top + 2, turn + 1);
            int seen = Get(env, top);
            int edge = (Get(env, top + 1) + turn) % 3;
            int beside = Polytope<T, TWork, TConst, TIndex>.Beside(env, seen, edge);
            if (Polytope<T, TWork, TConst, TIndex>.Has(env, beside))
            {
                int next = Polytope<T, TWork, TConst, TIndex>.Vertex(env, seen, (edge + 1) % 3);
                complete = Enter(env, beside, next, point, ref depth);
            }
        }

        return complete;
    }

    // Deletes a face that the point sees and goes on from it, or notes its edge.
    private static bool Enter(
        in Env<T, TWork, TConst, TIndex> env, int face, int vertex, Real3<T> point, ref int depth)
    {
        int edge = Polytope<T, TWork, TConst, TIndex>.EdgeFrom(env, face, vertex);
        T above = Real3<T>.Dot(Polytope<T, TWork, TConst, TIndex>.Normal(env, face), point)
            - Polytope<T, TWork, TConst, TIndex>.Square(env, face);
        if (Uniform<T>.Above(above, T.Of(1e-15)))
        {
            if (depth == ConvexScratch.StackMax)
            {
                return false;
            }

            Polytope<T, TWork, TConst, TIndex>.Delete(env, face);
            int top = ConvexScratch.Stack + (3 * depth);
            Set(env, top, face);
            Set(env, top + 1, edge);
            Set(env, top + 2, 1);
            depth++;
            return true;
        }

        int count = Get(env, ConvexScratch.HorizonTotal);
        if (count == ConvexScratch.HorizonMax)
        {
            return false;
        }

        Set(env, ConvexScratch.Horizon + (2 * count), face);
        Set(env, ConvexScratch.Horizon + (2 * count) + 1, edge);
        Set(env, ConvexScratch.HorizonTotal, count + 1);
        return true;
    }

    private static int Get(in Env<T, TWork, TConst, TIndex> env, int slot) =>
        env.Work.GetIndex(env.At.Contacts.ScratchIndex + slot);

    private static void Set(in Env<T, TWork, TConst, TIndex> env, int slot, int value) =>
        env.Work.SetIndex(env.At.Contacts.ScratchIndex + slot, value);
}
