using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>
/// Elementary functions of float numbers, with no branch and no table. Polynomials are minimax fits
/// (Remez) of this project; reduction after Cody and Waite, "Software Manual for the Elementary
/// Functions" (1980). Errors below are the largest that the tests allow, with fused multiply-add.
/// </summary>
internal static class SingleFunctions<T>
    where T : unmanaged, ISingle<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const double HalfPi0 = 1.5703125; // π/2 in parts of few bits: exact products
    private const double HalfPi1 = 4.837512969970703125e-4; // also where multiply-add rounds twice
    private const double HalfPi2 = 7.54978995489188216e-8;
    private const double Log2High = 0.693145751953125; // 15 bits: n times it is exact
    private const double Log2Low = 1.428606765330187e-06;

    /// <summary>
    /// Sine and cosine; absolute error at most 1e-7 for |angle| up to 8 000 rad. Beyond, the
    /// error grows with the angle; the size of both stays at most 1.2 up to 1e6 rad.
    /// </summary>
    [MethodImpl(Inline)]
    public static void SinCos(T angle, out T sin, out T cos)
    {
        T quarters = T.Round(angle * T.Of(2 / Math.PI));
        T r = T.Fnma(quarters, T.Of(HalfPi0), angle);
        r = T.Fnma(quarters, T.Of(HalfPi1), r);
        r = T.Fnma(quarters, T.Of(HalfPi2), r);
        T z = r * r;
        T s = T.Fma(z, T.Of(-1.9515218e-4), T.Of(8.3321603e-3));
        T c = T.Fma(z, T.Of(2.4438379e-5), T.Of(-1.3887367e-3));
        s = T.Fma(z, s, T.Of(-0.16666655));
        c = T.Fma(z, c, T.Of(4.1666646e-2));
        s = T.Fma(z * r, s, r);
        c = T.Fma(z, c, T.Of(-0.5));
        c = T.Fma(z, c, T.Of(1));
        T.TurnQuarters(quarters, ref s, ref c);
        sin = s;
        cos = c;
    }

    /// <summary>
    /// e to the power of a; relative error at most 2e-7. Below -87.3 it falls to 0 with the error
    /// of a denormal, above 88.7 it is infinite.
    /// </summary>
    [MethodImpl(Inline)]
    public static T Exp(T a)
    {
        T held = T.Min(T.Max(a, T.Of(-110)), T.Of(100));
        T n = T.Round(held * T.Of(1.4426950408889634));
        T r = T.Fnma(n, T.Of(Log2High), held);
        r = T.Fnma(n, T.Of(Log2Low), r);
        return Scale(ExpNearZero(r), n);
    }

    /// <summary>
    /// Natural logarithm; error at most 2e-7 relative or 6e-8 absolute, whichever is larger. An
    /// argument below the smallest normal number (also 0) counts as that number.
    /// </summary>
    [MethodImpl(Inline)]
    public static T Log(T a)
    {
        T held = T.Max(a, T.Of(1.17549435e-38));
        T.SplitExponent(held, out T m, out T n);
        T rest = T.Fma(n, T.Of(Log2Low), LogNearOne(m));

        // Only NaN is not above 0 here.
        return T.Where(held, T.Fma(n, T.Of(Log2High), rest), held);
    }

    /// <summary>
    /// a to the power of b, for a at least 0; relative error at most 2e-7 (1 + |b|). 0 to a power
    /// above 0 is 0, else 1.
    /// </summary>
    [MethodImpl(Inline)]
    public static T Pow(T a, T b)
    {
        // log2 a = n + l: b n is kept exactly in two parts, so that a large power costs no digits.
        T.SplitExponent(T.Max(a, T.Of(1.17549435e-38)), out T m, out T n);
        T l = LogNearOne(m) * T.Of(1.4426950408889634);
        T high = b * n;
        T low = T.Fma(b, l, T.Fma(b, n, -high));
        high = T.Min(T.Max(high, T.Of(-300)), T.Of(300));
        T whole = T.Round(high + low);
        T r = ((high - whole) + low) * T.Of(0.6931471805599453);
        T held = T.Min(T.Max(whole, T.Of(-250)), T.Of(250));
        T power = Scale(ExpNearZero(T.Min(T.Max(r, T.Of(-1)), T.Of(1))), held);
        T zero = T.Where(b, T.Of(0), T.Of(1));
        return T.Where(a, power, T.Fma(a, T.Of(0), zero));
    }

    /// <summary>
    /// Angle of the point (x, y), rad; absolute error at most 4e-7. The origin gives 0; a zero y
    /// counts as positive whatever its sign.
    /// </summary>
    [MethodImpl(Inline)]
    public static T Atan2(T y, T x)
    {
        T sizeX = T.Abs(x);
        T sizeY = T.Abs(y);
        T large = T.Max(sizeX, sizeY);
        T t = T.Min(sizeX, sizeY) / large;
        t = T.Where(large, t, large);
        T z = t * t;
        T p = T.Fma(z, T.Of(0.0029206930), T.Of(-0.016367931));
        p = T.Fma(z, p, T.Of(0.043211866));
        p = T.Fma(z, p, T.Of(-0.075522147));
        p = T.Fma(z, p, T.Of(0.10666005));
        p = T.Fma(z, p, T.Of(-0.14211056));
        p = T.Fma(z, p, T.Of(0.19993773));
        p = T.Fma(z, p, T.Of(-0.33333153));
        T angle = T.Fma(z * t, p, t);
        angle = T.Where(sizeY - sizeX, T.Of(Math.PI / 2) - angle, angle);
        angle = T.Where(-x, T.Of(Math.PI) - angle, angle);
        return T.Where(-y, -angle, angle);
    }

    // e^r on |r| at most ½ log 2.
    [MethodImpl(Inline)]
    private static T ExpNearZero(T r)
    {
        T p = T.Fma(r, T.Of(1.38146023e-3), T.Of(8.3687156e-3));
        p = T.Fma(r, p, T.Of(4.1668389e-2));
        p = T.Fma(r, p, T.Of(0.16666521));
        p = T.Fma(r, p, T.Of(0.49999994));
        return T.Fma(r * r, p, r) + T.Of(1);
    }

    // log m = 2 atanh((m - 1) / (m + 1)) on [√½, √2).
    [MethodImpl(Inline)]
    private static T LogNearOne(T m)
    {
        T f = m - T.Of(1);
        T s = f / (m + T.Of(1));
        T z = s * s;
        T p = T.Fma(z, T.Of(0.29872280), T.Of(0.39977527));
        p = T.Fma(z, p, T.Of(0.66666776));
        return T.Fma(z * s, p, s + s);
    }

    // In two steps, as 2ⁿ alone may be no normal number.
    [MethodImpl(Inline)]
    private static T Scale(T x, T n)
    {
        T half = T.Round(n * T.Of(0.5));
        return T.ScaleByPowerOfTwo(T.ScaleByPowerOfTwo(x, half), n - half);
    }
}
