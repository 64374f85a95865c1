using HilRig.Sim.Models;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Surface and inertia of a primitive whose mass lies evenly on its surface (shellinertia).
/// </summary>
/// <param name="Kind">What it is.</param>
/// <param name="Size">Sizes, m, as <see cref="GeomKind"/> says.</param>
internal readonly record struct ShellShape(GeomKind Kind, Vector3 Size)
{
    // Thomsen's exponent for the surface of an ellipsoid, good to about 1 %.
    private const double Thomsen = 1.6075;

    // Thickness that MuJoCo gives the shell of an ellipsoid, m.
    private const double Thickness = 1e-6;

    private double A => Size.X;

    private double B => Size.Y;

    private double C => Size.Z;

    /// <summary>Surface, m².</summary>
    public double Area => Kind switch
    {
        GeomKind.Sphere => 4 * Math.PI * A * A,
        GeomKind.Capsule => 4 * Math.PI * A * (A + B),
        GeomKind.Cylinder => 2 * Math.PI * A * (A + (2 * B)),
        GeomKind.Ellipsoid => 4 * Math.PI * Math.Pow(
            (Math.Pow(A * B, Thomsen) + Math.Pow(B * C, Thomsen) + Math.Pow(C * A, Thomsen)) / 3,
            1 / Thomsen),
        GeomKind.Box or GeomKind.HeightField => 8 * ((A * B) + (B * C) + (C * A)),
        GeomKind.Plane or GeomKind.Mesh => 0,
    };

    /// <summary>Principal moments of inertia, kg·m².</summary>
    /// <param name="mass">Mass, kg.</param>
    public Vector3 PrincipalInertia(double mass) => Kind switch
    {
        GeomKind.Sphere => (2 * mass * A * A / 3) * new Vector3(1, 1, 1),
        GeomKind.Capsule => Capsule(mass),
        GeomKind.Cylinder => Cylinder(mass),
        GeomKind.Ellipsoid => Ellipsoid(mass),
        GeomKind.Box or GeomKind.HeightField => Box(mass),
        GeomKind.Plane or GeomKind.Mesh => default,
    };

    private static Vector3 Tube(double mass, double radius, double half)
    {
        double across = mass * ((3 * radius * radius) + (2 * half * half)) / 6;
        return new(across, across, mass * radius * radius);
    }

    // A tube and two half spheres, whose centres lie half a radius beyond the tube's ends.
    private Vector3 Capsule(double mass)
    {
        double ball = mass * A / (A + B);
        double own = 2 * ball * A * A / 3;
        double across = own + (ball * B * (B + A));
        return Tube(mass - ball, A, B) + new Vector3(across, across, own);
    }

    private Vector3 Cylinder(double mass)
    {
        double discs = mass * A / (A + (2 * B));
        double across = discs * ((A * A / 4) + (B * B));
        return Tube(mass - discs, A, B) + new Vector3(across, across, discs * A * A / 2);
    }

    private Vector3 Ellipsoid(double mass)
    {
        var outer = new GeomShape(
            GeomKind.Ellipsoid, Size + (Thickness * new Vector3(1, 1, 1)));
        var inner = new GeomShape(GeomKind.Ellipsoid, Size);
        double density = mass / (outer.Volume - inner.Volume);
        return outer.PrincipalInertia(density * outer.Volume)
            - inner.PrincipalInertia(density * inner.Volume);
    }

    private Vector3 Box(double mass)
    {
        double density = mass / Area;
        double acrossX = 8 * B * C * density;
        double acrossY = 8 * C * A * density;
        double acrossZ = 8 * A * B * density;

        // Second moments of the mass along each axis: a pair of faces at ±a, or a plate of half
        // width a.
        double xx = A * A * (acrossX + ((acrossY + acrossZ) / 3));
        double yy = B * B * (acrossY + ((acrossX + acrossZ) / 3));
        double zz = C * C * (acrossZ + ((acrossX + acrossY) / 3));
        return new(yy + zz, xx + zz, xx + yy);
    }
}
