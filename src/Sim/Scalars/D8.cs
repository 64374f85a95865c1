using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HilRig.Sim.Scalars;

/// <summary>
/// Eight doubles side by side: one for each env of a tile, or each direction of a derivative.
/// </summary>
internal readonly unsafe struct D8 : ILanes<D8, double>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;

    private readonly Vector512<double> _value;

    [MethodImpl(Inline)]
    private D8(Vector512<double> value) => _value = value;

    public static int LaneCount => Vector512<double>.Count;

    [MethodImpl(Inline)]
    public static D8 operator +(D8 a, D8 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static D8 operator -(D8 a, D8 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static D8 operator -(D8 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static D8 operator *(D8 a, D8 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static D8 operator /(D8 a, D8 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static D8 Of(double value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static D8 OfSingle(float value) => new(Vector512.Create((double)value));

    [MethodImpl(Inline)]
    public static D8 Splat(double element) => new(Vector512.Create(element));

    [MethodImpl(Inline)]
    public static D8 Fma(D8 a, D8 b, D8 c) =>
        new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    // FusedMultiplyAdd(-a, b, c) would cost an instruction more.
    [MethodImpl(Inline)]
    public static D8 Fnma(D8 a, D8 b, D8 c) => Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value))
        : new(Vector512.FusedMultiplyAdd(-a._value, b._value, c._value));

    // The native maximum gives its second operand when either is NaN.
    [MethodImpl(Inline)]
    public static D8 Max(D8 a, D8 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(b._value, b._value),
        Vector512.MaxNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static D8 Min(D8 a, D8 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(b._value, b._value),
        Vector512.MinNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static D8 Abs(D8 a) => new(Vector512.Abs(a._value));

    [MethodImpl(Apart)]
    public static D8 Pow(D8 a, D8 b) => Each(a, b, &Math.Pow);

    [MethodImpl(Inline)]
    public static D8 Sqrt(D8 a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(Apart)]
    public static D8 Exp(D8 a) => Each(a, &Math.Exp);

    [MethodImpl(Apart)]
    public static D8 Log(D8 a) => Each(a, &Math.Log);

    [MethodImpl(Apart)]
    public static D8 Atan2(D8 y, D8 x) => Each(y, x, &Math.Atan2);

    [MethodImpl(Inline)]
    public static D8 Floor(D8 a) => new(Vector512.Floor(a._value));

    [MethodImpl(Apart)]
    public static void SinCos(D8 angle, out D8 sin, out D8 cos) =>
        DoubleFunctions.SinCos(angle, out sin, out cos);

    /// <summary>Sine and cosine of each lane by the runtime's scalar functions.</summary>
    public static void SinCosEach(D8 angle, out D8 sin, out D8 cos)
    {
        sin = Each(angle, &Math.Sin);
        cos = Each(angle, &Math.Cos);
    }

    [MethodImpl(Inline)]
    public static D8 Where(D8 x, D8 positive, D8 otherwise) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThan(x._value, Vector512<double>.Zero),
            positive._value,
            otherwise._value));

    [MethodImpl(Inline)]
    public static D8 IsFinite(D8 x) => new(Vector512.ConditionalSelect(
        Vector512.LessThanOrEqual(
            Vector512.Abs(x._value), Vector512.Create(double.MaxValue)),
        Vector512.Create(1.0),
        Vector512<double>.Zero));

    [MethodImpl(Inline)]
    public static bool Any(D8 x) =>
        Vector512.GreaterThanAny(x._value, Vector512<double>.Zero);

    [MethodImpl(Inline)]
    public static D8 Broadcast(D8 x, int lane) =>
        new(Vector512.Create(x._value.GetElement(lane)));

    [MethodImpl(Inline)]
    public static D8 Insert(D8 target, D8 value, int lane) =>
        new(Vector512.ConditionalSelect(
            Vector512.Equals(Vector512<long>.Indices, Vector512.Create((long)lane)).AsDouble(),
            value._value,
            target._value));

    [MethodImpl(Inline)]
    public static int ToInt(D8 x) => (int)x._value.ToScalar();

    // The runtime's vector functions give other bits before they are optimised than after.
    private static D8 Each(D8 a, delegate*<double, double> function)
    {
        Vector512<double> result = default;
        for (int lane = 0; lane < LaneCount; lane++)
        {
            result = result.WithElement(lane, function(a._value.GetElement(lane)));
        }

        return new(result);
    }

    private static D8 Each(D8 a, D8 b, delegate*<double, double, double> function)
    {
        Vector512<double> result = default;
        for (int lane = 0; lane < LaneCount; lane++)
        {
            result = result.WithElement(
                lane, function(a._value.GetElement(lane), b._value.GetElement(lane)));
        }

        return new(result);
    }
}
