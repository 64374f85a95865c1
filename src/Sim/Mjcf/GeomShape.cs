using HilRig.Sim.Spatial;

namespace HilRig.Sim.Mjcf;

/// <summary>
/// Volume and inertia of the solid primitives, about their centre and along their axes.
/// </summary>
/// <param name="Kind">sphere, capsule, ellipsoid, cylinder or box.</param>
/// <param name="A">First size, m: radius, or half length along x.</param>
/// <param name="B">Second size, m: half length along z, or half length along y.</param>
/// <param name="C">Third size, m: half length along z.</param>
internal readonly record struct GeomShape(string Kind, double A, double B, double C)
{
    /// <summary>Volume, m³; a plane has none.</summary>
    public double Volume => Kind switch
    {
        "sphere" => 4 * Math.PI * A * A * A / 3,
        "capsule" => Math.PI * A * A * ((2 * B) + (4 * A / 3)),
        "cylinder" => 2 * Math.PI * A * A * B,
        "ellipsoid" => 4 * Math.PI * A * B * C / 3,
        "box" => 8 * A * B * C,
        _ => 0,
    };

    /// <summary>Principal moments of inertia of a homogeneous solid, kg·m².</summary>
    /// <param name="mass">Mass, kg.</param>
    public Vector3 PrincipalInertia(double mass) => Kind switch
    {
        "sphere" => (0.4 * mass * A * A) * new Vector3(1, 1, 1),
        "capsule" => Capsule(mass),
        "cylinder" => Cylinder(mass),
        "ellipsoid" => Diagonal(mass / 5),
        "box" => Diagonal(mass / 3),
        _ => default,
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
