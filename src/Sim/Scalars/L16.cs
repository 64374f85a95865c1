using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace HilRig.Sim.Scalars;

/// <summary>Sixteen floats side by side: one for each env of a tile.</summary>
internal readonly struct L16 : ISingle<L16>, ILanes<L16, float>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;
    private const float Magic = 12582912; // 1.5 · 2²³: the last bits of x + it are x rounded
    private const int HalfRootBits = 0x3F3504F3; // √½

    private readonly Vector512<float> _value;

    [MethodImpl(Inline)]
    private L16(Vector512<float> value) => _value = value;

    public static int LaneCount => Vector512<float>.Count;

    [MethodImpl(Inline)]
    public static L16 operator +(L16 a, L16 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static L16 operator -(L16 a, L16 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static L16 operator -(L16 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static L16 operator *(L16 a, L16 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static L16 operator /(L16 a, L16 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static L16 Of(double value) => new(Vector512.Create((float)value));

    [MethodImpl(Inline)]
    public static L16 OfSingle(float value) => new(Vector512.Create(value));

    [MethodImpl(Inline)]
    public static L16 Splat(float element) => new(Vector512.Create(element));

    [MethodImpl(Inline)]
    public static L16 Fma(L16 a, L16 b, L16 c) =>
        new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    // FusedMultiplyAdd(-a, b, c) would cost an instruction more.
    [MethodImpl(Inline)]
    public static L16 Fnma(L16 a, L16 b, L16 c) => Avx512F.IsSupported
        ? new(Avx512F.FusedMultiplyAddNegated(a._value, b._value, c._value))
        : new(Vector512.FusedMultiplyAdd(-a._value, b._value, c._value));

    // The native maximum gives its second operand when either is NaN.
    [MethodImpl(Inline)]
    public static L16 Max(L16 a, L16 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(b._value, b._value),
        Vector512.MaxNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L16 Min(L16 a, L16 b) => new(Vector512.ConditionalSelect(
        Vector512.Equals(b._value, b._value),
        Vector512.MinNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L16 Abs(L16 a) => new(Vector512.Abs(a._value));

    [MethodImpl(Apart)]
    public static L16 Pow(L16 a, L16 b) => SingleFunctions<L16>.Pow(a, b);

    [MethodImpl(Inline)]
    public static L16 Sqrt(L16 a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(Apart)]
    public static L16 Exp(L16 a) => SingleFunctions<L16>.Exp(a);

    [MethodImpl(Apart)]
    public static L16 Log(L16 a) => SingleFunctions<L16>.Log(a);

    [MethodImpl(Apart)]
    public static L16 Atan2(L16 y, L16 x) => SingleFunctions<L16>.Atan2(y, x);

    [MethodImpl(Inline)]
    public static L16 Floor(L16 a) => new(Vector512.Floor(a._value));

    [MethodImpl(Inline)]
    public static void SinCos(L16 angle, out L16 sin, out L16 cos) =>
        SingleFunctions<L16>.SinCos(angle, out sin, out cos);

    [MethodImpl(Inline)]
    public static L16 Where(L16 x, L16 positive, L16 otherwise) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThan(x._value, Vector512<float>.Zero),
            positive._value,
            otherwise._value));

    [MethodImpl(Inline)]
    public static L16 IsFinite(L16 x) => new(Vector512.ConditionalSelect(
        Vector512.LessThanOrEqual(
            Vector512.Abs(x._value), Vector512.Create(float.MaxValue)),
        Vector512.Create(1f),
        Vector512<float>.Zero));

    [MethodImpl(Inline)]
    public static bool Any(L16 x) =>
        Vector512.GreaterThanAny(x._value, Vector512<float>.Zero);

    [MethodImpl(Inline)]
    public static L16 Broadcast(L16 x, int lane) =>
        new(Vector512.Create(x._value.GetElement(lane)));

    [MethodImpl(Inline)]
    public static L16 Insert(L16 target, L16 value, int lane) =>
        new(Vector512.ConditionalSelect(
            Vector512.Equals(Vector512<int>.Indices, Vector512.Create(lane)).AsSingle(),
            value._value,
            target._value));

    [MethodImpl(Inline)]
    public static int ToInt(L16 x) => (int)x._value.ToScalar();

    [MethodImpl(Inline)]
    public static L16 Round(L16 x) =>
        new((x._value + Vector512.Create(Magic)) - Vector512.Create(Magic));

    [MethodImpl(Inline)]
    public static void TurnQuarters(L16 quarters, ref L16 sin, ref L16 cos)
    {
        Vector512<int> n = (quarters._value + Vector512.Create(Magic)).AsInt32();
        Vector512<float> straight = Vector512.Equals(
            n & Vector512<int>.One, Vector512<int>.Zero).AsSingle();
        Vector512<int> sign = Vector512.Create(int.MinValue);
        Vector512<int> s = Vector512.ConditionalSelect(
            straight, sin._value, cos._value).AsInt32();
        Vector512<int> c = Vector512.ConditionalSelect(
            straight, cos._value, sin._value).AsInt32();
        sin = new((s ^ ((n << 30) & sign)).AsSingle());
        cos = new((c ^ (((n + Vector512<int>.One) << 30) & sign)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static L16 ScaleByPowerOfTwo(L16 x, L16 n)
    {
        Vector512<int> whole = Vector512.ConvertToInt32Native(n._value);
        return new(x._value * ((whole + Vector512.Create(127)) << 23).AsSingle());
    }

    [MethodImpl(Inline)]
    public static void SplitExponent(L16 x, out L16 m, out L16 n)
    {
        Vector512<int> bits = x._value.AsInt32();
        Vector512<int> exponent = (bits - Vector512.Create(HalfRootBits)) >> 23;
        m = new((bits - (exponent << 23)).AsSingle());
        n = new(Vector512.ConvertToSingle(exponent));
    }
}
