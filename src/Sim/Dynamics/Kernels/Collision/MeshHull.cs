using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Corners of a mesh's convex hull, in its own axes; AssetTable says how they are kept.
/// </summary>
internal static class MeshHull<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    // Hulls of more corners are searched by walking from neighbour to neighbour.
    private const int ExhaustiveMax = 20;

    /// <summary>Number of corners.</summary>
    public static int Count(in Env<T, TWork, TConst, TIndex> env, int asset) =>
        env.Topology.Get(asset);

    /// <summary>A corner, m.</summary>
    public static Real3<T> Vertex(in Env<T, TWork, TConst, TIndex> env, int asset, int vertex)
    {
        int slot = env.At.Contacts.Assets + env.Topology.Get(asset, 1) + (3 * vertex);
        return new(
            T.OfSingle(env.Topology.GetAsset(slot)),
            T.OfSingle(env.Topology.GetAsset(slot + 1)),
            T.OfSingle(env.Topology.GetAsset(slot + 2)));
    }

    /// <summary>The corner farthest in a direction that is the same in every lane.</summary>
    public static int Farthest(
        in Env<T, TWork, TConst, TIndex> env, int asset, int start, Real3<T> direction)
    {
        int count = Count(env, asset);
        if (count > ExhaustiveMax)
        {
            return Walk(env, asset, start, direction);
        }

        int best = start;
        T most = Real3<T>.Dot(direction, Vertex(env, asset, best));
        for (int vertex = 0; vertex < count; vertex++)
        {
            T far = Real3<T>.Dot(direction, Vertex(env, asset, vertex));
            if (Uniform<T>.Above(far, most))
            {
                most = far;
                best = vertex;
            }
        }

        return best;
    }

    // On a convex hull a corner with no better neighbour is the best; each step is better, so this
    // ends.
    private static int Walk(
        in Env<T, TWork, TConst, TIndex> env, int asset, int start, Real3<T> direction)
    {
        int best = start;
        int last = -1;
        T most = Real3<T>.Dot(direction, Vertex(env, asset, best));
        while (best != last)
        {
            last = best;
            int slot = asset + env.Topology.Get(asset + 2 + last);
            for (int next = env.Topology.Get(slot); next >= 0; next = env.Topology.Get(++slot))
            {
                T far = Real3<T>.Dot(direction, Vertex(env, asset, next));
                if (Uniform<T>.Above(far, most))
                {
                    most = far;
                    best = next;
                }
            }
        }

        return best;
    }
}
