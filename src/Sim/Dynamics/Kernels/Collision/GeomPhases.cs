using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Poses of the geoms that may touch. Origins are kept from the reference point of the geom's tree,
/// so that a small float keeps its digits far from the world's origin.
/// </summary>
internal static class GeomPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Origin and rotation of every geom that is in a pair; empties the list.</summary>
    public static void Place(in Env<T, TWork, TConst, TIndex> env)
    {
        env.Work.SetIndex(env.At.Contacts.ContactCount, 0);
        env.Work.Set(env.At.Contacts.Overflow, T.Of(0));
        for (int geom = 0; geom < env.At.Contacts.GeomCount; geom++)
        {
            if (env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomTouches)) == 0)
            {
                continue;
            }

            int kind = env.Topology.Get(
                env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomKind));

            // What is round about z needs its z axis only.
            bool round = kind == (int)GeomKind.Sphere || kind == (int)GeomKind.Capsule
                || kind == (int)GeomKind.Plane;
            PlaceOne(env, geom, round ? 2 : 0);
        }
    }

    /// <summary>From the centre of one geom to that of another, m, world axes.</summary>
    public static Real3<T> Offset(in Env<T, TWork, TConst, TIndex> env, int from, int to)
    {
        Real3<T> a = Real3<T>.Read(env.Work, env.At.Contacts.GeomOrigin + (3 * from));
        Real3<T> b = Real3<T>.Read(env.Work, env.At.Contacts.GeomOrigin + (3 * to));
        int first = Root(env, from);
        int second = Root(env, to);
        if (first == second)
        {
            return b - a;
        }

        // Tree points may be far from the world's origin and near one another.
        Real3<T> apart = Real3<T>.Read(env.Work, env.At.TreePoint + (3 * second))
            - Real3<T>.Read(env.Work, env.At.TreePoint + (3 * first));
        return apart + (b - a);
    }

    // Body that the geom's tree begins with.
    private static int Root(in Env<T, TWork, TConst, TIndex> env, int geom)
    {
        int body = env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomBody));
        return env.Topology.Get(Layout.IndexOfBody(body, TopologySlots.BodyRoot));
    }

    private static void PlaceOne(
        in Env<T, TWork, TConst, TIndex> env, int geom, int firstColumn)
    {
        TWork work = env.Work;
        int body = env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomBody));
        int block = env.At.Contacts.OfGeom(geom, 0);
        Real3<T> position = Real3<T>.Read(env.Constants, block + ContactSlots.GeomPosition);
        for (int row = 0; row < 3; row++)
        {
            Real3<T> turn = Real3<T>.Read(work, env.At.Rotation + (9 * body) + (3 * row));
            work.Set(
                env.At.Contacts.GeomOrigin + (3 * geom) + row,
                work.Get(env.At.Origin + (3 * body) + row) + Real3<T>.Dot(turn, position));
            for (int column = firstColumn; column < 3; column++)
            {
                Real3<T> axis = Real3<T>.ReadColumn(
                    env.Constants, block + ContactSlots.GeomRotation + column);
                work.Set(
                    env.At.Contacts.GeomRotation + (9 * geom) + (3 * row) + column,
                    Real3<T>.Dot(turn, axis));
            }
        }
    }
}
