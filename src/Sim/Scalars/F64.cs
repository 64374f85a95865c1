using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>
/// One double: the reference that is compared with MuJoCo, and the twin's number.
/// </summary>
internal readonly struct F64 : ILanes<F64, double>
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

    [MethodImpl(Inline)]
    public static F64 OfSingle(float value) => new(value);

    [MethodImpl(Inline)]
    public static F64 Splat(double element) => new(element);

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
    public static F64 Sqrt(F64 a) => new(Math.Sqrt(a._value));

    [MethodImpl(Inline)]
    public static F64 Exp(F64 a) => new(Math.Exp(a._value));

    [MethodImpl(Inline)]
    public static F64 Log(F64 a) => new(Math.Log(a._value));

    [MethodImpl(Inline)]
    public static F64 Atan2(F64 y, F64 x) => new(Math.Atan2(y._value, x._value));

    [MethodImpl(Inline)]
    public static F64 Floor(F64 a) => new(Math.Floor(a._value));

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

    public static int LaneCount => 1;

    [MethodImpl(Inline)]
    public static F64 Broadcast(F64 x, int lane) => x;

    [MethodImpl(Inline)]
    public static F64 Insert(F64 target, F64 value, int lane) => value;

    [MethodImpl(Inline)]
    public static int ToInt(F64 x) => (int)x._value;
}
