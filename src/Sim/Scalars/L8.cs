using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fma3 = System.Runtime.Intrinsics.X86.Fma;

namespace HilRig.Sim.Scalars;

/// <summary>Eight floats side by side: one for each env of a tile.</summary>
internal readonly struct L8 : ISingle<L8>, ILanes<L8, float>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;
    private const float Magic = 12582912; // 1.5 · 2²³: the last bits of x + it are x rounded
    private const int HalfRootBits = 0x3F3504F3; // √½

    private readonly Vector256<float> _value;

    [MethodImpl(Inline)]
    private L8(Vector256<float> value) => _value = value;

    public static int LaneCount => Vector256<float>.Count;

    [MethodImpl(Inline)]
    public static L8 operator +(L8 a, L8 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static L8 operator -(L8 a, L8 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static L8 operator -(L8 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static L8 operator *(L8 a, L8 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static L8 operator /(L8 a, L8 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static L8 Of(double value) => new(Vector256.Create((float)value));

    [MethodImpl(Inline)]
    public static L8 OfSingle(float value) => new(Vector256.Create(value));

    [MethodImpl(Inline)]
    public static L8 Splat(float element) => new(Vector256.Create(element));

    [MethodImpl(Inline)]
    public static L8 Fma(L8 a, L8 b, L8 c) =>
        new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    // FusedMultiplyAdd(-a, b, c) would cost an instruction more.
    [MethodImpl(Inline)]
    public static L8 Fnma(L8 a, L8 b, L8 c) => Fma3.IsSupported
        ? new(Fma3.MultiplyAddNegated(a._value, b._value, c._value))
        : new(Vector256.FusedMultiplyAdd(-a._value, b._value, c._value));

    // The native maximum gives its second operand when either is NaN.
    [MethodImpl(Inline)]
    public static L8 Max(L8 a, L8 b) => new(Vector256.ConditionalSelect(
        Vector256.Equals(b._value, b._value),
        Vector256.MaxNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L8 Min(L8 a, L8 b) => new(Vector256.ConditionalSelect(
        Vector256.Equals(b._value, b._value),
        Vector256.MinNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L8 Abs(L8 a) => new(Vector256.Abs(a._value));

    [MethodImpl(Apart)]
    public static L8 Pow(L8 a, L8 b) => SingleFunctions<L8>.Pow(a, b);

    [MethodImpl(Inline)]
    public static L8 Sqrt(L8 a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(Apart)]
    public static L8 Exp(L8 a) => SingleFunctions<L8>.Exp(a);

    [MethodImpl(Apart)]
    public static L8 Log(L8 a) => SingleFunctions<L8>.Log(a);

    [MethodImpl(Apart)]
    public static L8 Atan2(L8 y, L8 x) => SingleFunctions<L8>.Atan2(y, x);

    [MethodImpl(Inline)]
    public static L8 Floor(L8 a) => new(Vector256.Floor(a._value));

    [MethodImpl(Inline)]
    public static void SinCos(L8 angle, out L8 sin, out L8 cos) =>
        SingleFunctions<L8>.SinCos(angle, out sin, out cos);

    [MethodImpl(Inline)]
    public static L8 Where(L8 x, L8 positive, L8 otherwise) =>
        new(Vector256.ConditionalSelect(
            Vector256.GreaterThan(x._value, Vector256<float>.Zero),
            positive._value,
            otherwise._value));

    [MethodImpl(Inline)]
    public static L8 IsFinite(L8 x) => new(Vector256.ConditionalSelect(
        Vector256.LessThanOrEqual(
            Vector256.Abs(x._value), Vector256.Create(float.MaxValue)),
        Vector256.Create(1f),
        Vector256<float>.Zero));

    [MethodImpl(Inline)]
    public static bool Any(L8 x) =>
        Vector256.GreaterThanAny(x._value, Vector256<float>.Zero);

    [MethodImpl(Inline)]
    public static L8 Broadcast(L8 x, int lane) =>
        new(Vector256.Create(x._value.GetElement(lane)));

    [MethodImpl(Inline)]
    public static L8 Insert(L8 target, L8 value, int lane) =>
        new(Vector256.ConditionalSelect(
            Vector256.Equals(Vector256<int>.Indices, Vector256.Create(lane)).AsSingle(),
            value._value,
            target._value));

    [MethodImpl(Inline)]
    public static int ToInt(L8 x) => (int)x._value.ToScalar();

    [MethodImpl(Inline)]
    public static L8 Round(L8 x) =>
        new((x._value + Vector256.Create(Magic)) - Vector256.Create(Magic));

    [MethodImpl(Inline)]
    public static void TurnQuarters(L8 quarters, ref L8 sin, ref L8 cos)
    {
        Vector256<int> n = (quarters._value + Vector256.Create(Magic)).AsInt32();
        Vector256<float> straight = Vector256.Equals(
            n & Vector256<int>.One, Vector256<int>.Zero).AsSingle();
        Vector256<int> sign = Vector256.Create(int.MinValue);
        Vector256<int> s = Vector256.ConditionalSelect(
            straight, sin._value, cos._value).AsInt32();
        Vector256<int> c = Vector256.ConditionalSelect(
            straight, cos._value, sin._value).AsInt32();
        sin = new((s ^ ((n << 30) & sign)).AsSingle());
        cos = new((c ^ (((n + Vector256<int>.One) << 30) & sign)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static L8 ScaleByPowerOfTwo(L8 x, L8 n)
    {
        Vector256<int> whole = Vector256.ConvertToInt32Native(n._value);
        return new(x._value * ((whole + Vector256.Create(127)) << 23).AsSingle());
    }

    [MethodImpl(Inline)]
    public static void SplitExponent(L8 x, out L8 m, out L8 n)
    {
        Vector256<int> bits = x._value.AsInt32();
        Vector256<int> exponent = (bits - Vector256.Create(HalfRootBits)) >> 23;
        m = new((bits - (exponent << 23)).AsSingle());
        n = new(Vector256.ConvertToSingle(exponent));
    }
}
