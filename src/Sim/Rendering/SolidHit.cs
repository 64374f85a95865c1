using System.Numerics;
using HilRig.Sim.Models;

namespace HilRig.Sim.Rendering;

/// <summary>
/// Where a ray first meets a solid, in the solid's own axes. Each returns the distance along the
/// unit direction, infinity for a miss, and the outward normal.
/// </summary>
internal static class SolidHit
{
    private const float Miss = float.PositiveInfinity;

    /// <summary>The first hit in front of the ray's origin.</summary>
    /// <param name="kind">The solid.</param>
    /// <param name="size">Its sizes, m.</param>
    /// <param name="origin">Origin of the ray, m.</param>
    /// <param name="direction">Unit direction.</param>
    /// <param name="normal">Outward normal at the hit.</param>
    public static float Find(
        GeomKind kind, Vector3 size, Vector3 origin, Vector3 direction, out Vector3 normal) =>
        kind switch
        {
            GeomKind.Sphere => Ball(size.X, origin, direction, out normal),
            GeomKind.Capsule => Capsule(size, origin, direction, out normal),
            GeomKind.Ellipsoid => Ellipsoid(size, origin, direction, out normal),
            GeomKind.Cylinder => Cylinder(size, origin, direction, out normal),
            GeomKind.Box => Box(size, origin, direction, out normal),
            GeomKind.Plane or GeomKind.Mesh or GeomKind.HeightField => Nothing(out normal),
        };

    private static float Nothing(out Vector3 normal)
    {
        normal = default;
        return Miss;
    }

    private static float Ball(float radius, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        float t = Root(
            1, Vector3.Dot(origin, direction), origin.LengthSquared() - (radius * radius));
        normal = (origin + (t * direction)) / radius;
        return t;
    }

    private static float Ellipsoid(
        Vector3 size, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        Vector3 o = origin / size;
        Vector3 d = direction / size;
        float t = Root(d.LengthSquared(), Vector3.Dot(o, d), o.LengthSquared() - 1);
        normal = Vector3.Normalize((o + (t * d)) / size);
        return t;
    }

    private static float Capsule(
        Vector3 size, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        float t = Side(size.X, size.Y, origin, direction, out normal);
        for (int end = -1; end <= 1; end += 2)
        {
            var center = new Vector3(0, 0, end * size.Y);
            float ball = Ball(size.X, origin - center, direction, out Vector3 ballNormal);
            if (ball < t)
            {
                t = ball;
                normal = ballNormal;
            }
        }

        return t;
    }

    private static float Cylinder(
        Vector3 size, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        float t = Side(size.X, size.Y, origin, direction, out normal);
        for (int end = -1; end <= 1; end += 2)
        {
            float cap = ((end * size.Y) - origin.Z) / direction.Z;
            Vector3 at = origin + (cap * direction);
            if (cap > 0 && cap < t && (at.X * at.X) + (at.Y * at.Y) <= size.X * size.X)
            {
                t = cap;
                normal = new Vector3(0, 0, end);
            }
        }

        return t;
    }

    private static float Box(Vector3 size, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        Vector3 first = (-size - origin) / direction;
        Vector3 second = (size - origin) / direction;
        Vector3 near = Vector3.Min(first, second);
        Vector3 far = Vector3.Max(first, second);
        float enter = Math.Max(near.X, Math.Max(near.Y, near.Z));
        float leave = Math.Min(far.X, Math.Min(far.Y, far.Z));
        normal = enter == near.X ? new Vector3(-Math.Sign(direction.X), 0, 0)
            : enter == near.Y ? new Vector3(0, -Math.Sign(direction.Y), 0)
            : new Vector3(0, 0, -Math.Sign(direction.Z));
        return enter <= leave && enter > 0 ? enter : Miss;
    }

    // The mantle of an upright cylinder between two heights.
    private static float Side(
        float radius, float half, Vector3 origin, Vector3 direction, out Vector3 normal)
    {
        var o = new Vector2(origin.X, origin.Y);
        var d = new Vector2(direction.X, direction.Y);
        float t = Root(
            d.LengthSquared(), Vector2.Dot(o, d), o.LengthSquared() - (radius * radius));
        Vector3 at = origin + (t * direction);
        normal = new Vector3(at.X, at.Y, 0) / radius;
        return Math.Abs(at.Z) <= half ? t : Miss;
    }

    // The smaller root of a·t² + 2·b·t + c, where it lies in front.
    private static float Root(float a, float b, float c)
    {
        float discriminant = (b * b) - (a * c);
        if (discriminant < 0 || a <= 0)
        {
            return Miss;
        }

        float t = (-b - MathF.Sqrt(discriminant)) / a;
        return t > 0 ? t : Miss;
    }
}
