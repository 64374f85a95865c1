using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Vertices of the difference of two shapes, in the scratch.
/// </summary>
internal static class ConvexVertex<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Support point of the difference in a unit direction, into a vertex.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env, int vertex, Real3<T> direction)
    {
        int slot = Slot(env, vertex);
        for (int shape = 0; shape < 2; shape++)
        {
            Real3<T> towards = shape == 0 ? direction : -direction;
            ConvexShape<T, TWork, TConst, TIndex>.Support(env, shape, towards)
                .Write(env.Work, slot + ConvexScratch.VertexFirst + (3 * shape));
            int from = env.At.Contacts.ScratchIndex + (ConvexScratch.ShapeIndexStride * shape)
                + ConvexScratch.ShapeVertex;
            env.Work.SetIndex(IndexSlot(env, vertex) + shape, env.Work.GetIndex(from));
        }

        (On(env, vertex, 0) - On(env, vertex, 1)).Write(env.Work, slot);
    }

    /// <summary>Copies a vertex.</summary>
    public static void Copy(in Env<T, TWork, TConst, TIndex> env, int from, int to)
    {
        for (int k = 0; k < ConvexScratch.VertexStride; k++)
        {
            env.Work.Set(Slot(env, to) + k, env.Work.Get(Slot(env, from) + k));
        }

        for (int k = 0; k < 2; k++)
        {
            env.Work.SetIndex(
                IndexSlot(env, to) + k, env.Work.GetIndex(IndexSlot(env, from) + k));
        }
    }

    /// <summary>The vertex itself, m.</summary>
    public static Real3<T> Point(in Env<T, TWork, TConst, TIndex> env, int vertex) =>
        Real3<T>.Read(env.Work, Slot(env, vertex));

    /// <summary>Its point on one of the shapes, m.</summary>
    public static Real3<T> On(in Env<T, TWork, TConst, TIndex> env, int vertex, int shape) =>
        Real3<T>.Read(
        env.Work, Slot(env, vertex) + ConvexScratch.VertexFirst + (3 * shape));

    /// <summary>Its corner of a shape that has corners.</summary>
    public static int Corner(in Env<T, TWork, TConst, TIndex> env, int vertex, int shape) =>
        env.Work.GetIndex(IndexSlot(env, vertex) + shape);

    private static int Slot(in Env<T, TWork, TConst, TIndex> env, int vertex) =>
        env.At.Contacts.Scratch + ConvexScratch.Vertex + (ConvexScratch.VertexStride * vertex);

    private static int IndexSlot(in Env<T, TWork, TConst, TIndex> env, int vertex) =>
        env.At.Contacts.ScratchIndex + ConvexScratch.VertexIndex + (2 * vertex);
}
