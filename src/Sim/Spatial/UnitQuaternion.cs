namespace HilRig.Sim.Spatial;

/// <summary>A rotation as a unit quaternion, scalar first as in MJCF.</summary>
/// <param name="W">Scalar part.</param>
/// <param name="X">First component of the vector part.</param>
/// <param name="Y">Second component of the vector part.</param>
/// <param name="Z">Third component of the vector part.</param>
public readonly record struct UnitQuaternion(double W, double X, double Y, double Z)
{
    /// <summary>No rotation.</summary>
    public static UnitQuaternion Identity => new(1, 0, 0, 0);

    /// <summary>The rotation by b followed by the one by a.</summary>
    /// <param name="a">Outer rotation.</param>
    /// <param name="b">Inner rotation.</param>
    public static UnitQuaternion operator *(UnitQuaternion a, UnitQuaternion b) => new(
        (a.W * b.W) - (a.X * b.X) - (a.Y * b.Y) - (a.Z * b.Z),
        (a.W * b.X) + (a.X * b.W) + (a.Y * b.Z) - (a.Z * b.Y),
        (a.W * b.Y) - (a.X * b.Z) + (a.Y * b.W) + (a.Z * b.X),
        (a.W * b.Z) + (a.X * b.Y) - (a.Y * b.X) + (a.Z * b.W));

    /// <summary>Rotation by an angle about an axis.</summary>
    /// <param name="axis">Unit vector.</param>
    /// <param name="angle">Angle, rad.</param>
    public static UnitQuaternion FromAxisAngle(Vector3 axis, double angle)
    {
        var (sin, cos) = Math.SinCos(0.5 * angle);
        return new(cos, sin * axis.X, sin * axis.Y, sin * axis.Z);
    }

    /// <summary>The shortest rotation that takes the z axis to a direction.</summary>
    /// <param name="direction">Any vector that is not zero.</param>
    public static UnitQuaternion FromZAxis(Vector3 direction)
    {
        Vector3 unit = (1 / direction.Length) * direction;
        Vector3 axis = Vector3.Cross(new Vector3(0, 0, 1), unit);
        double sin = axis.Length;
        double angle = Math.Atan2(sin, unit.Z);
        return sin < 1e-10
            ? FromAxisAngle(new Vector3(1, 0, 0), angle)
            : FromAxisAngle((1 / sin) * axis, angle);
    }

    /// <summary>The rotation whose matrix has these columns, which are orthonormal.</summary>
    /// <param name="x">Image of the x axis.</param>
    /// <param name="y">Image of the y axis.</param>
    /// <param name="z">Image of the z axis.</param>
    public static UnitQuaternion FromAxes(Vector3 x, Vector3 y, Vector3 z)
    {
        // The largest of the four components is computed first, so that no division is
        // ill-conditioned.
        double w2 = 1 + x.X + y.Y + z.Z;
        double x2 = 1 + x.X - y.Y - z.Z;
        double y2 = 1 - x.X + y.Y - z.Z;
        double z2 = 1 - x.X - y.Y + z.Z;
        double largest = Math.Max(Math.Max(w2, x2), Math.Max(y2, z2));
        UnitQuaternion scaled = largest == w2
            ? new(w2, y.Z - z.Y, z.X - x.Z, x.Y - y.X)
            : largest == x2 ? new(y.Z - z.Y, x2, y.X + x.Y, z.X + x.Z)
            : largest == y2 ? new(z.X - x.Z, y.X + x.Y, y2, z.Y + y.Z)
            : new(x.Y - y.X, z.X + x.Z, z.Y + y.Z, z2);
        return scaled.Normalized();
    }

    /// <summary>The rotation back.</summary>
    public UnitQuaternion Inverse() => new(W, -X, -Y, -Z);

    /// <summary>The same rotation with length one. The quaternion must not be zero.</summary>
    public UnitQuaternion Normalized()
    {
        double length = Math.Sqrt((W * W) + (X * X) + (Y * Y) + (Z * Z));
        return new(W / length, X / length, Y / length, Z / length);
    }

    /// <summary>The rotated vector.</summary>
    /// <param name="v">The vector.</param>
    public Vector3 Rotate(Vector3 v)
    {
        var vector = new Vector3(X, Y, Z);
        Vector3 twice = 2 * Vector3.Cross(vector, v);
        return v + (W * twice) + Vector3.Cross(vector, twice);
    }

    /// <summary>The rotation matrix by rows. Shape [9].</summary>
    public double[] ToMatrix() =>
    [
        1 - (2 * ((Y * Y) + (Z * Z))), 2 * ((X * Y) - (W * Z)), 2 * ((X * Z) + (W * Y)),
        2 * ((X * Y) + (W * Z)), 1 - (2 * ((X * X) + (Z * Z))), 2 * ((Y * Z) - (W * X)),
        2 * ((X * Z) - (W * Y)), 2 * ((Y * Z) + (W * X)), 1 - (2 * ((X * X) + (Y * Y))),
    ];
}
