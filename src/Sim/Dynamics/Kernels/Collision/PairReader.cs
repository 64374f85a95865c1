using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Reads what algorithms need of a pair of geoms: sizes, axes, offsets, and whether their bounds
/// meet.
/// </summary>
internal static class PairReader<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>First pair of an algorithm.</summary>
    public static int First(in Env<T, TWork, TConst, TIndex> env, ShapePair shapes) =>
        env.Topology.Get(env.At.Contacts.TopologyShapes + (int)shapes);

    /// <summary>Pair after the last of an algorithm.</summary>
    public static int End(in Env<T, TWork, TConst, TIndex> env, ShapePair shapes) =>
        env.Topology.Get(env.At.Contacts.TopologyShapes + (int)shapes, 1);

    /// <summary>First geom of a pair.</summary>
    public static int FirstGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairFirst));

    /// <summary>Second geom of a pair.</summary>
    public static int SecondGeom(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.Topology.Get(env.At.Contacts.IndexOfPair(pair, ContactSlots.PairSecond));

    /// <summary>From the centre of the first geom to that of the second, m.</summary>
    public static Real3<T> Offset(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        GeomPhases<T, TWork, TConst, TIndex>.Offset(
            env, FirstGeom(env, pair), SecondGeom(env, pair));

    /// <summary>An axis of a geom in the world.</summary>
    public static Real3<T> Axis(in Env<T, TWork, TConst, TIndex> env, int geom, int column) =>
        Real3<T>.ReadColumn(env.Work, env.At.Contacts.GeomRotation + (9 * geom) + column);

    /// <summary>A size of a geom, m.</summary>
    public static T Size(in Env<T, TWork, TConst, TIndex> env, int geom, int index) =>
        env.Constants.Get(env.At.Contacts.OfGeom(geom, ContactSlots.GeomSize + index));

    /// <summary>Distance below which a contact is found, m.</summary>
    public static T Detection(in Env<T, TWork, TConst, TIndex> env, int pair) =>
        env.Constants.Get(env.At.Contacts.OfPair(pair, ContactSlots.PairDetection));

    /// <summary>1 where the bounding balls are near enough to touch.</summary>
    public static T BallsMeet(in Env<T, TWork, TConst, TIndex> env, int pair, Real3<T> offset)
    {
        T reach = env.Constants.Get(env.At.Contacts.OfPair(pair, ContactSlots.PairReach));
        return NotAbove(Real3<T>.Dot(offset, offset), reach * reach);
    }

    /// <summary>1 where the second geom's bounding ball is near a plane's surface.</summary>
    public static T BallMeetsPlane(in Env<T, TWork, TConst, TIndex> env, int pair, T height)
    {
        T reach = env.Constants.Get(env.At.Contacts.OfPair(pair, ContactSlots.PairReach));
        return NotAbove(height, reach);
    }

    /// <summary>1 where a is at most b, else 0.</summary>
    public static T NotAbove(T a, T b) => T.Where(a - b, T.Of(0), T.Of(1));
}
