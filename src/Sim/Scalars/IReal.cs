namespace HilRig.Sim.Scalars;

/// <summary>
/// A number the dynamics can be computed with: one double, a lane of floats, a dual number, a
/// symbol. Operations work lane by lane; there is no comparison that yields a bool, so lanes can
/// differ.
/// </summary>
/// <typeparam name="T">The number itself.</typeparam>
internal interface IReal<T>
    where T : unmanaged, IReal<T>
{
    /// <summary>Sum.</summary>
    static abstract T operator +(T a, T b);

    /// <summary>Difference.</summary>
    static abstract T operator -(T a, T b);

    /// <summary>Opposite.</summary>
    static abstract T operator -(T a);

    /// <summary>Product.</summary>
    static abstract T operator *(T a, T b);

    /// <summary>Quotient.</summary>
    static abstract T operator /(T a, T b);

    /// <summary>The same number in every lane.</summary>
    static abstract T Of(double value);

    /// <summary>
    /// The same number in every lane, one that is read at run time: a device may have no doubles.
    /// </summary>
    static abstract T OfSingle(float value);

    /// <summary>a b + c; rounded once or twice.</summary>
    static abstract T Fma(T a, T b, T c);

    /// <summary>c - a b; rounded once or twice.</summary>
    static abstract T Fnma(T a, T b, T c);

    /// <summary>Larger of two; NaN when either is.</summary>
    static abstract T Max(T a, T b);

    /// <summary>Smaller of two; NaN when either is.</summary>
    static abstract T Min(T a, T b);

    /// <summary>Absolute value.</summary>
    static abstract T Abs(T a);

    /// <summary>a to the power of b, for a at least 0.</summary>
    static abstract T Pow(T a, T b);

    /// <summary>Square root, for a at least 0.</summary>
    static abstract T Sqrt(T a);

    /// <summary>e to the power of a.</summary>
    static abstract T Exp(T a);

    /// <summary>Natural logarithm, for a above 0.</summary>
    static abstract T Log(T a);

    /// <summary>Angle of the point (x, y), rad in [-π, π].</summary>
    static abstract T Atan2(T y, T x);

    /// <summary>Largest whole number not above a.</summary>
    static abstract T Floor(T a);

    /// <summary>Sine and cosine of an angle in rad.</summary>
    static abstract void SinCos(T angle, out T sin, out T cos);

    /// <summary>
    /// Lane by lane: <paramref name="positive"/> where x is above 0, else the other.
    /// </summary>
    static abstract T Where(T x, T positive, T otherwise);

    /// <summary>Lane by lane: 1 where finite, 0 where infinite or NaN.</summary>
    static abstract T IsFinite(T x);

    /// <summary>Whether any lane is above 0.</summary>
    static abstract bool Any(T x);

    /// <summary>Number of lanes: environments that one number holds.</summary>
    static abstract int LaneCount { get; }

    /// <summary>The number of one lane in every lane.</summary>
    static abstract T Broadcast(T x, int lane);

    /// <summary><paramref name="target"/> with one lane taken from another number.</summary>
    static abstract T Insert(T target, T value, int lane);

    /// <summary>Lane 0 as a whole number, cut towards 0.</summary>
    static abstract int ToInt(T x);
}
