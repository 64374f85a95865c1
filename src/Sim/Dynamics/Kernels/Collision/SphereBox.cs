using HilRig.Sim.Contacts;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// A sphere and a box: one contact with the nearest point of the box; from inside with the nearest
/// face
/// (MuJoCo, mjraw_SphereBox). Computed in the box's axes.
/// </summary>
internal static class SphereBox<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Finds the contacts of all such pairs.</summary>
    public static void Find(in Env<T, TWork, TConst, TIndex> env)
    {
        int end = PairReader<T, TWork, TConst, TIndex>.End(env, ShapePair.SphereBox);
        for (
            int pair = PairReader<T, TWork, TConst, TIndex>.First(env, ShapePair.SphereBox);
            pair < end;
            pair++)
        {
            Real3<T> offset = PairReader<T, TWork, TConst, TIndex>.Offset(env, pair);
            T near = PairReader<T, TWork, TConst, TIndex>.BallsMeet(env, pair, offset);
            if (T.Any(near))
            {
                FindOne(env, pair, near, offset);
            }
        }
    }

    /// <summary>Nearest point of a box to a ball.</summary>
    /// <param name="center">Of the ball, in the box's axes from its centre, m.</param>
    /// <param name="size">Half edges, m.</param>
    /// <param name="radius">Of the ball, m.</param>
    /// <param name="point">Middle of the contact, in the box's axes from its centre, m.</param>
    /// <param name="normal">From the ball to the box, in the box's axes.</param>
    /// <returns>Distance, m.</returns>
    public static T Nearest(
        Real3<T> center, Real3<T> size, T radius, out Real3<T> point, out Real3<T> normal)
    {
        Real3<T> clamped = new(
            Clamp(center.X, size.X), Clamp(center.Y, size.Y), Clamp(center.Z, size.Z));
        normal = Real3<T>.Unit(clamped - center, out T length);
        Real3<T> deepest = Real3<T>.AddScaled(center, radius, normal);
        point = T.Of(0.5) * (clamped + deepest);
        T inside = PairReader<T, TWork, TConst, TIndex>.NotAbove(length, T.Of(1e-15));
        if (T.Any(inside))
        {
            T closest = FromInside(center, size, out Real3<T> face);
            Real3<T> middle = Real3<T>.AddScaled(
                center, T.Of(0.5) * (radius - closest), face);
            point = Real3<T>.Where(inside, middle, point);
            normal = Real3<T>.Where(inside, face, normal);
            length = T.Where(inside, -closest, length);
        }

        return length - radius;
    }

    private static T Clamp(T x, T limit) => T.Max(-limit, T.Min(limit, x));

    // The first of the nearest faces; its normal into the box.
    private static T FromInside(Real3<T> center, Real3<T> size, out Real3<T> face)
    {
        T closest = T.Of(2) * (size.X + size.Y + size.Z);
        face = Real3<T>.Zero;
        for (int axis = 0; axis < 3; axis++)
        {
            for (int side = -1; side <= 1; side += 2)
            {
                T outward = side > 0 ? T.Of(1) : T.Of(-1);
                T depth = T.Abs(T.Fma(outward, size.Get(axis), -center.Get(axis)));
                T better = closest - depth;
                face = Real3<T>.Where(better, Real3<T>.Zero.With(axis, -outward), face);
                closest = T.Where(better, depth, closest);
            }
        }

        return closest;
    }

    private static void FindOne(
        in Env<T, TWork, TConst, TIndex> env, int pair, T near, Real3<T> offset)
    {
        int box = PairReader<T, TWork, TConst, TIndex>.SecondGeom(env, pair);
        T radius = PairReader<T, TWork, TConst, TIndex>.Size(
            env, PairReader<T, TWork, TConst, TIndex>.FirstGeom(env, pair), 0);
        Real3<T> x = PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 0);
        Real3<T> y = PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 1);
        Real3<T> z = PairReader<T, TWork, TConst, TIndex>.Axis(env, box, 2);
        Real3<T> size = Real3<T>.Read(
            env.Constants, env.At.Contacts.OfGeom(box, ContactSlots.GeomSize));
        Real3<T> center = new(
            -Real3<T>.Dot(x, offset), -Real3<T>.Dot(y, offset), -Real3<T>.Dot(z, offset));
        ContactPoint<T> point = default;
        point.Distance = Nearest(
            center, size, radius, out Real3<T> middle, out Real3<T> normal);
        T hit = near * PairReader<T, TWork, TConst, TIndex>.NotAbove(
            point.Distance, PairReader<T, TWork, TConst, TIndex>.Detection(env, pair));
        Real3<T> fromBall = middle - center;
        point.FromFirst = Turn(x, y, z, fromBall);
        point.FromSecond = point.FromFirst - offset;
        point.Normal = Turn(x, y, z, normal);
        point.Tangent = Real3<T>.Zero;
        ContactList<T, TWork, TConst, TIndex>.Append(env, pair, hit, point);
    }

    /// <summary>From the axes x, y and z to the world.</summary>
    public static Real3<T> Turn(Real3<T> x, Real3<T> y, Real3<T> z, Real3<T> a) =>
        Real3<T>.AddScaled(Real3<T>.AddScaled(a.X * x, a.Y, y), a.Z, z);
}
