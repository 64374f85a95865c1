using HilRig.Sim.Models;

namespace HilRig.Sim.Contacts;

/// <summary>MuJoCo's table of collision functions (engine_collision_driver.c).</summary>
internal static class ShapePairs
{
    /// <summary>Contacts a height field makes with one geom at most (mjMAXCONPAIR).</summary>
    public const int HeightFieldMax = 50;

    /// <summary>Place of a shape in MuJoCo's order; the lower of two comes first.</summary>
    public static int Order(GeomKind kind) => kind switch
    {
        GeomKind.Plane => 0,
        GeomKind.HeightField => 1,
        GeomKind.Sphere => 2,
        GeomKind.Capsule => 3,
        GeomKind.Ellipsoid => 4,
        GeomKind.Cylinder => 5,
        GeomKind.Box => 6,
        GeomKind.Mesh => 7,
    };

    /// <summary>Algorithm of two shapes in order, or null when they never touch.</summary>
    public static ShapePair? Of(GeomKind first, GeomKind second) => (first, second) switch
    {
        (GeomKind.Plane, GeomKind.Plane or GeomKind.HeightField) => null,
        (GeomKind.HeightField, GeomKind.HeightField) => null,
        (GeomKind.Plane, GeomKind.Sphere) => ShapePair.PlaneSphere,
        (GeomKind.Plane, GeomKind.Capsule) => ShapePair.PlaneCapsule,
        (GeomKind.Plane, GeomKind.Ellipsoid) => ShapePair.PlaneEllipsoid,
        (GeomKind.Plane, GeomKind.Cylinder) => ShapePair.PlaneCylinder,
        (GeomKind.Plane, GeomKind.Box) => ShapePair.PlaneBox,
        (GeomKind.Plane, _) => ShapePair.PlaneMesh,
        (GeomKind.HeightField, _) => ShapePair.HeightField,
        (GeomKind.Sphere, GeomKind.Sphere) => ShapePair.SphereSphere,
        (GeomKind.Sphere, GeomKind.Capsule) => ShapePair.SphereCapsule,
        (GeomKind.Sphere, GeomKind.Cylinder) => ShapePair.SphereCylinder,
        (GeomKind.Sphere, GeomKind.Box) => ShapePair.SphereBox,
        (GeomKind.Capsule, GeomKind.Capsule) => ShapePair.CapsuleCapsule,
        (GeomKind.Capsule, GeomKind.Box) => ShapePair.CapsuleBox,
        (GeomKind.Box, GeomKind.Box) => ShapePair.BoxBox,
        _ => ShapePair.Convex,
    };

    /// <summary>Contacts that two shapes make at most in a tile of envs.</summary>
    public static int ContactMax(GeomKind first, GeomKind second) => Of(first, second) switch
    {
        null => 0,
        ShapePair.PlaneSphere or ShapePair.PlaneEllipsoid => 1,
        ShapePair.PlaneCapsule => 2,
        ShapePair.PlaneCylinder or ShapePair.PlaneBox or ShapePair.PlaneMesh => 4,
        ShapePair.SphereSphere or ShapePair.SphereCapsule => 1,
        ShapePair.SphereCylinder or ShapePair.SphereBox => 1,

        // An env has two at most, but the lanes of a tile may have different ones of five.
        ShapePair.CapsuleCapsule => 5,
        ShapePair.CapsuleBox => 2,
        ShapePair.BoxBox => 8,
        ShapePair.HeightField => HeightFieldMax,
        ShapePair.Convex => IsRound(first) || IsRound(second) ? 1 : 5,
        _ => 0,
    };

    private static bool IsRound(GeomKind kind) => kind is GeomKind.Sphere or GeomKind.Ellipsoid;
}
