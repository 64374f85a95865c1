using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>
/// One double: the reference that is compared with MuJoCo, and the twin's number.
/// </summary>
internal readonly struct F64 : IReal<F64>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    private readonly double _value;

    [MethodImpl(Inline)]
    private F64(double value) => _value = value;

    [MethodImpl(Inline)]
    public static F64 operator +(F64 a, F64 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static F64 operator -(F64 a, F64 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static F64 operator -(F64 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static F64 operator *(F64 a, F64 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static F64 operator /(F64 a, F64 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static F64 Of(double value) => new(value);

    // Two roundings on purpose: the same bits on a machine without a fused instruction.
    [MethodImpl(Inline)]
    public static F64 Fma(F64 a, F64 b, F64 c) => new((a._value * b._value) + c._value);

    [MethodImpl(Inline)]
    public static F64 Fnma(F64 a, F64 b, F64 c) => new(c._value - (a._value * b._value));

    [MethodImpl(Inline)]
    public static F64 Max(F64 a, F64 b) => new(Math.Max(a._value, b._value));

    [MethodImpl(Inline)]
    public static F64 Min(F64 a, F64 b) => new(Math.Min(a._value, b._value));

    [MethodImpl(Inline)]
    public static F64 Abs(F64 a) => new(Math.Abs(a._value));

    [MethodImpl(Inline)]
    public static F64 Pow(F64 a, F64 b) => new(Math.Pow(a._value, b._value));

    [MethodImpl(Inline)]
    public static void SinCos(F64 angle, out F64 sin, out F64 cos)
    {
        var (s, c) = Math.SinCos(angle._value);
        sin = new(s);
        cos = new(c);
    }

    [MethodImpl(Inline)]
    public static F64 Where(F64 x, F64 positive, F64 otherwise) =>
        x._value > 0 ? positive : otherwise;

    [MethodImpl(Inline)]
    public static F64 IsFinite(F64 x) => new(double.IsFinite(x._value) ? 1 : 0);

    [MethodImpl(Inline)]
    public static bool Any(F64 x) => x._value > 0;
}
