namespace HilRig.Sim.Spatial;

/// <summary>A vector of three numbers; its frame and unit are said where it is used.</summary>
/// <param name="X">First component.</param>
/// <param name="Y">Second component.</param>
/// <param name="Z">Third component.</param>
public readonly record struct Vector3(double X, double Y, double Z)
{
    /// <summary>Euclidean length.</summary>
    public double Length => Math.Sqrt(Dot(this, this));

    /// <summary>Sum.</summary>
    /// <param name="a">First term.</param>
    /// <param name="b">Second term.</param>
    public static Vector3 operator +(Vector3 a, Vector3 b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    /// <summary>Difference.</summary>
    /// <param name="a">What to subtract from.</param>
    /// <param name="b">What to subtract.</param>
    public static Vector3 operator -(Vector3 a, Vector3 b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    /// <summary>Multiple.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="a">The vector.</param>
    public static Vector3 operator *(double factor, Vector3 a) =>
        new(factor * a.X, factor * a.Y, factor * a.Z);

    /// <summary>Scalar product.</summary>
    /// <param name="a">First vector.</param>
    /// <param name="b">Second vector.</param>
    public static double Dot(Vector3 a, Vector3 b) => (a.X * b.X) + (a.Y * b.Y) + (a.Z * b.Z);

    /// <summary>Vector product a × b.</summary>
    /// <param name="a">First vector.</param>
    /// <param name="b">Second vector.</param>
    public static Vector3 Cross(Vector3 a, Vector3 b) => new(
        (a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
}
