namespace HilRig.Tasks.Push;

/// <summary>A point or direction in the plane of a table, m.</summary>
internal readonly record struct Planar(double X, double Y)
{
    /// <summary>Its length, m.</summary>
    public double Length => Math.Sqrt((X * X) + (Y * Y));

    /// <summary>Sum.</summary>
    public static Planar operator +(Planar a, Planar b) => new(a.X + b.X, a.Y + b.Y);

    /// <summary>Difference.</summary>
    public static Planar operator -(Planar a, Planar b) => new(a.X - b.X, a.Y - b.Y);

    /// <summary>Multiple.</summary>
    public static Planar operator *(double factor, Planar a) => new(factor * a.X, factor * a.Y);

    /// <summary>Inner product.</summary>
    public double Dot(Planar other) => (X * other.X) + (Y * other.Y);

    /// <summary>x times the other's y less y times its x: a moment, of lever and force.</summary>
    public double Cross(Planar other) => (X * other.Y) - (Y * other.X);
}
