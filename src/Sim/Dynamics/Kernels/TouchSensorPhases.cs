using HilRig.Sim.Memory;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// Touch: the sum of normal forces of contacts of a site's body whose ray from the contact point
/// along the normal, into the body, meets the volume of the site (MuJoCo, engine_sensor.c). The
/// volume is convex, or three convex pieces for a capsule, so the ray meets it where its stretch
/// within is not empty and not all behind. Legend: o, d = origin and direction of the ray in the
/// site's axes; t = place along it.
/// </summary>
internal static class TouchSensorPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Far = 1e10;
    private const double Flat = 1e-15;

    /// <summary>The sensor's sum; its frame is in the scratch frame.</summary>
    public static void Touch(in Env<T, TWork, TConst, TIndex> env, int sensor)
    {
        ContactLayout at = env.At.Contacts;
        int index = env.At.Sensors.IndexOf(sensor, 0);
        int body = env.Topology.Get(index + SensorSlots.Body);
        int count = env.Work.GetIndex(at.ContactCount);
        T sum = T.Of(0);
        for (int contact = 0; contact < count; contact++)
        {
            int pair = env.Work.GetIndex(at.ContactPair + contact);
            bool isFirst =
                body == env.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairFirstBody));
            bool isSecond =
                body == env.Topology.Get(at.IndexOfPair(pair, ContactSlots.PairSecondBody));
            if (isFirst || isSecond)
            {
                Block block = BodySensorPhases<T, TWork, TConst, TIndex>.ContactBlock(
                    env, contact);
                T force = BodySensorPhases<T, TWork, TConst, TIndex>.Row(env, block, 0);
                LoadRay(env, contact, isSecond);
                T meets = Meets(env, env.Topology.Get(index + SensorSlots.Target));
                sum += T.Where(T.Min(force, meets), force, T.Of(0));
            }
        }

        env.Work.Set(
            env.At.Sensors.Values + env.Topology.Get(index + SensorSlots.Address), sum);
    }

    // o and d, in the first six numbers of the scratch reference.
    private static void LoadRay(
        in Env<T, TWork, TConst, TIndex> env, int contact, bool isSecond)
    {
        TWork work = env.Work;
        ContactLayout at = env.At.Contacts;
        int frame = env.At.Sensors.Frame;
        int normal = at.OfContact(contact, ContactSlots.Frame);
        int place = at.OfContact(
            contact, isSecond ? ContactSlots.PositionSecond : ContactSlots.PositionFirst);
        for (int k = 0; k < 3; k++)
        {
            T origin = T.Of(0);
            T along = T.Of(0);
            for (int row = 0; row < 3; row++)
            {
                T axis = work.Get(frame + (3 * row) + k);
                T apart = work.Get(place, row) - work.Get(frame + 9 + row);
                origin = T.Fma(axis, apart, origin);
                along = T.Fma(axis, work.Get(normal, row), along);
            }

            work.Set(env.At.Sensors.Reference + k, origin);
            work.Set(env.At.Sensors.Reference + 3 + k, isSecond ? -along : along);
        }
    }

    // 1 where the ray meets the site's volume.
    private static T Meets(in Env<T, TWork, TConst, TIndex> env, int site)
    {
        int kind = env.Topology.Get(env.At.Sites.Kinds + site);
        int size = env.At.Sites.Of(site, ConstantSlots.SiteSize);
        T radius = env.Constants.Get(size);
        T low = T.Of(-Far);
        T high = T.Of(Far);
        if (kind == (int)GeomKind.Box)
        {
            for (int k = 0; k < 3; k++)
            {
                Clip(env, k, env.Constants.Get(size, k), ref low, ref high);
            }

            return Ahead(low, high);
        }

        T zero = T.Of(0);
        if (kind == (int)GeomKind.Sphere)
        {
            Round(env, radius, radius, radius, zero, ref low, ref high);
            return Ahead(low, high);
        }

        T half = env.Constants.Get(size, 1);
        if (kind == (int)GeomKind.Ellipsoid)
        {
            Round(env, radius, half, env.Constants.Get(size, 2), zero, ref low, ref high);
            return Ahead(low, high);
        }

        Round(env, radius, radius, T.Of(Far), zero, ref low, ref high);
        Clip(env, 2, half, ref low, ref high);
        T meets = Ahead(low, high);
        if (kind == (int)GeomKind.Capsule)
        {
            for (int end = 0; end < 2; end++)
            {
                low = T.Of(-Far);
                high = T.Of(Far);
                T center = end == 0 ? half : -half;
                Round(env, radius, radius, radius, center, ref low, ref high);
                meets = T.Max(meets, Ahead(low, high));
            }
        }

        return meets;
    }

    private static T Ahead(T low, T high)
    {
        // An empty stretch has its ends the wrong way round; a point counts.
        T empty = T.Where(low - high, T.Of(1), T.Of(0));
        T behind = T.Where(-high, T.Of(1), T.Of(0));
        return T.Of(1) - T.Max(empty, behind);
    }

    // The stretch with |o + t d| <= half along one axis.
    private static void Clip(
        in Env<T, TWork, TConst, TIndex> env, int axis, T half, ref T low, ref T high)
    {
        T origin = env.Work.Get(env.At.Sensors.Reference + axis);
        T along = env.Work.Get(env.At.Sensors.Reference + 3 + axis);
        T slanted = T.Abs(along) - T.Of(Flat);
        T safe = T.Where(slanted, along, T.Of(1));
        T one = (-half - origin) / safe;
        T other = (half - origin) / safe;
        T outside = T.Abs(origin) - half;
        T never = T.Where(outside, T.Of(Far), T.Of(-Far));
        low = T.Max(low, T.Where(slanted, T.Min(one, other), never));
        high = T.Min(high, T.Where(slanted, T.Max(one, other), -never));
    }

    // The stretch within an ellipsoid about (0, 0, center); a half axis of Far makes a cylinder.
    private static void Round(
        in Env<T, TWork, TConst, TIndex> env,
        T x,
        T y,
        T z,
        T center,
        ref T low,
        ref T high)
    {
        int ray = env.At.Sensors.Reference;
        T ox = env.Work.Get(ray) / x;
        T oy = env.Work.Get(ray, 1) / y;
        T oz = (env.Work.Get(ray, 2) - center) / z;
        T dx = env.Work.Get(ray, 3) / x;
        T dy = env.Work.Get(ray, 4) / y;
        T dz = env.Work.Get(ray, 5) / z;
        T a = T.Max(T.Fma(dx, dx, T.Fma(dy, dy, dz * dz)), T.Of(Flat));
        T b = T.Fma(ox, dx, T.Fma(oy, dy, oz * dz));
        T c = T.Fma(ox, ox, T.Fma(oy, oy, T.Fma(oz, oz, T.Of(-1))));
        T square = T.Fma(b, b, -a * c);
        T root = T.Sqrt(T.Max(square, T.Of(0)));
        T missed = -square;
        low = T.Max(low, T.Where(missed, T.Of(Far), (-b - root) / a));
        high = T.Min(high, T.Where(missed, T.Of(-Far), (root - b) / a));
    }
}
