using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>
/// A number and its derivative along one direction: a + ε ȧ with ε² = 0, so every operation carries
/// its derivative along exactly. The value takes the same path and has the same bits as the plain
/// number; where a function has a kink, the derivative is that of the piece the value lies in.
/// </summary>
/// <typeparam name="T">The number: one, or lanes, each with a direction of its own.</typeparam>
internal readonly struct Dual<T> : IReal<Dual<T>>
    where T : unmanaged, IReal<T>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    public readonly T Value;
    public readonly T Tangent;

    [MethodImpl(Inline)]
    public Dual(T value, T tangent)
    {
        Value = value;
        Tangent = tangent;
    }

    [MethodImpl(Inline)]
    public static Dual<T> operator +(Dual<T> a, Dual<T> b) =>
        new(a.Value + b.Value, a.Tangent + b.Tangent);

    [MethodImpl(Inline)]
    public static Dual<T> operator -(Dual<T> a, Dual<T> b) =>
        new(a.Value - b.Value, a.Tangent - b.Tangent);

    [MethodImpl(Inline)]
    public static Dual<T> operator -(Dual<T> a) => new(-a.Value, -a.Tangent);

    [MethodImpl(Inline)]
    public static Dual<T> operator *(Dual<T> a, Dual<T> b) =>
        new(a.Value * b.Value, T.Fma(a.Tangent, b.Value, a.Value * b.Tangent));

    [MethodImpl(Inline)]
    public static Dual<T> operator /(Dual<T> a, Dual<T> b)
    {
        T quotient = a.Value / b.Value;
        return new(quotient, T.Fnma(quotient, b.Tangent, a.Tangent) / b.Value);
    }

    [MethodImpl(Inline)]
    public static Dual<T> Of(double value) => new(T.Of(value), T.Of(0));

    [MethodImpl(Inline)]
    public static Dual<T> OfSingle(float value) => new(T.OfSingle(value), T.Of(0));

    [MethodImpl(Inline)]
    public static Dual<T> Fma(Dual<T> a, Dual<T> b, Dual<T> c) => new(
        T.Fma(a.Value, b.Value, c.Value),
        T.Fma(a.Tangent, b.Value, T.Fma(a.Value, b.Tangent, c.Tangent)));

    [MethodImpl(Inline)]
    public static Dual<T> Fnma(Dual<T> a, Dual<T> b, Dual<T> c) => new(
        T.Fnma(a.Value, b.Value, c.Value),
        T.Fnma(a.Tangent, b.Value, T.Fnma(a.Value, b.Tangent, c.Tangent)));

    [MethodImpl(Inline)]
    public static Dual<T> Max(Dual<T> a, Dual<T> b) => new(
        T.Max(a.Value, b.Value),
        T.Where(a.Value - b.Value, a.Tangent, b.Tangent));

    [MethodImpl(Inline)]
    public static Dual<T> Min(Dual<T> a, Dual<T> b) => new(
        T.Min(a.Value, b.Value),
        T.Where(b.Value - a.Value, a.Tangent, b.Tangent));

    [MethodImpl(Inline)]
    public static Dual<T> Abs(Dual<T> a) =>
        new(T.Abs(a.Value), T.Where(a.Value, a.Tangent, -a.Tangent));

    // d(aᵇ) = aᵇ⁻¹ (b ȧ + a log(a) ḃ). At a = 0 the logarithm is left out: a log(a) tends to 0.
    [MethodImpl(Inline)]
    public static Dual<T> Pow(Dual<T> a, Dual<T> b)
    {
        T slope = T.Pow(a.Value, b.Value - T.Of(1));
        T growth = T.Where(a.Value, a.Value * T.Log(a.Value), T.Of(0));
        return new(
            T.Pow(a.Value, b.Value),
            slope * T.Fma(b.Value, a.Tangent, growth * b.Tangent));
    }

    // At 0 the derivative is taken as 0: lengths of zero vectors have no better one.
    [MethodImpl(Inline)]
    public static Dual<T> Sqrt(Dual<T> a)
    {
        T root = T.Sqrt(a.Value);
        T slope = T.Where(root, T.Of(0.5) / root, T.Of(0));
        return new(root, slope * a.Tangent);
    }

    [MethodImpl(Inline)]
    public static Dual<T> Exp(Dual<T> a)
    {
        T value = T.Exp(a.Value);
        return new(value, value * a.Tangent);
    }

    [MethodImpl(Inline)]
    public static Dual<T> Log(Dual<T> a) => new(T.Log(a.Value), a.Tangent / a.Value);

    // At the origin the angle is taken as constant.
    [MethodImpl(Inline)]
    public static Dual<T> Atan2(Dual<T> y, Dual<T> x)
    {
        T square = T.Fma(x.Value, x.Value, y.Value * y.Value);
        T turn = T.Fnma(y.Value, x.Tangent, x.Value * y.Tangent);
        return new(T.Atan2(y.Value, x.Value), T.Where(square, turn / square, T.Of(0)));
    }

    [MethodImpl(Inline)]
    public static Dual<T> Floor(Dual<T> a) => new(T.Floor(a.Value), T.Of(0));

    [MethodImpl(Inline)]
    public static void SinCos(Dual<T> angle, out Dual<T> sin, out Dual<T> cos)
    {
        T.SinCos(angle.Value, out T s, out T c);
        sin = new(s, c * angle.Tangent);
        cos = new(c, -s * angle.Tangent);
    }

    [MethodImpl(Inline)]
    public static Dual<T> Where(Dual<T> x, Dual<T> positive, Dual<T> otherwise) => new(
        T.Where(x.Value, positive.Value, otherwise.Value),
        T.Where(x.Value, positive.Tangent, otherwise.Tangent));

    // Of the value alone: a bad tangent does not change the path of the value.
    [MethodImpl(Inline)]
    public static Dual<T> IsFinite(Dual<T> x) => new(T.IsFinite(x.Value), T.Of(0));

    [MethodImpl(Inline)]
    public static bool Any(Dual<T> x) => T.Any(x.Value);

    public static int LaneCount
    {
        [MethodImpl(Inline)]
        get => T.LaneCount;
    }

    [MethodImpl(Inline)]
    public static Dual<T> Broadcast(Dual<T> x, int lane) =>
        new(T.Broadcast(x.Value, lane), T.Broadcast(x.Tangent, lane));

    [MethodImpl(Inline)]
    public static Dual<T> Insert(Dual<T> target, Dual<T> value, int lane) => new(
        T.Insert(target.Value, value.Value, lane),
        T.Insert(target.Tangent, value.Tangent, lane));

    [MethodImpl(Inline)]
    public static int ToInt(Dual<T> x) => T.ToInt(x.Value);
}
