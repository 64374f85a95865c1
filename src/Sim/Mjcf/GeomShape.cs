using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Volume, inertia and reach of a primitive, about its centre and along its axes. A height field
/// counts as the box of its sizes.
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Sizes, m, as <see cref="GeomKind"/> says.</param>
internal readonly record struct GeomShape(GeomKind Kind, Vector3 Size)
{
    private double A => Size.X;

    private double B => Size.Y;

    private double C => Size.Z;

    /// <summary>Volume, m³; a plane has none.</summary>
    public double Volume => Kind switch
    {
        GeomKind.Sphere => 4 * Math.PI * A * A * A / 3,
        GeomKind.Capsule => Math.PI * A * A * ((2 * B) + (4 * A / 3)),
        GeomKind.Cylinder => 2 * Math.PI * A * A * B,
        GeomKind.Ellipsoid => 4 * Math.PI * A * B * C / 3,
        GeomKind.Box or GeomKind.HeightField => 8 * A * B * C,
        GeomKind.Plane or GeomKind.Mesh => 0,
    };

    /// <summary>Radius of the ball about its centre that holds it, m; 0 of a plane.</summary>
    public double BoundingRadius => Kind switch
    {
        GeomKind.Sphere => A,
        GeomKind.Capsule => A + B,
        GeomKind.Cylinder => Math.Sqrt((A * A) + (B * B)),
        GeomKind.Ellipsoid => Math.Max(A, Math.Max(B, C)),
        GeomKind.Box or GeomKind.Mesh => Size.Length,
        GeomKind.Plane or GeomKind.HeightField => 0,
    };

    /// <summary>Principal moments of inertia of a homogeneous solid, kg·m².</summary>
    /// <param name="mass">Mass, kg.</param>
    public Vector3 PrincipalInertia(double mass) => Kind switch
    {
        GeomKind.Sphere => (0.4 * mass * A * A) * new Vector3(1, 1, 1),
        GeomKind.Capsule => Capsule(mass),
        GeomKind.Cylinder => Cylinder(mass),
        GeomKind.Ellipsoid => Diagonal(mass / 5),
        GeomKind.Box or GeomKind.HeightField => Diagonal(mass / 3),
        GeomKind.Plane or GeomKind.Mesh => default,
    };

    private Vector3 Diagonal(double factor) => factor * new Vector3(
        (B * B) + (C * C), (A * A) + (C * C), (A * A) + (B * B));

    private Vector3 Cylinder(double mass)
    {
        double across = mass * ((3 * A * A) + (4 * B * B)) / 12;
        return new(across, across, mass * A * A / 2);
    }

    // A cylinder with a half ball at each end; a half ball's centre lies 3/8 of a radius off its
    // disc.
    private Vector3 Capsule(double mass)
    {
        double ball = mass * 4 * A / ((4 * A) + (6 * B));
        Vector3 middle = Cylinder(mass - ball);
        double own = 0.4 * ball * A * A;
        double across = own + (ball * B * ((0.75 * A) + B));
        return new(middle.X + across, middle.Y + across, middle.Z + own);
    }
}
