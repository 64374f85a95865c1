using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Fma3 = System.Runtime.Intrinsics.X86.Fma;

namespace HilRig.Sim.Scalars;

/// <summary>Four floats side by side: one for each env of a tile.</summary>
internal readonly struct L4 : ISingle<L4>, ILanes<L4, float>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const MethodImplOptions Apart = MethodImplOptions.NoInlining;
    private const float Magic = 12582912; // 1.5 · 2²³: the last bits of x + it are x rounded
    private const int HalfRootBits = 0x3F3504F3; // √½

    private readonly Vector128<float> _value;

    [MethodImpl(Inline)]
    private L4(Vector128<float> value) => _value = value;

    public static int LaneCount => Vector128<float>.Count;

    [MethodImpl(Inline)]
    public static L4 operator +(L4 a, L4 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static L4 operator -(L4 a, L4 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static L4 operator -(L4 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static L4 operator *(L4 a, L4 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static L4 operator /(L4 a, L4 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static L4 Of(double value) => new(Vector128.Create((float)value));

    [MethodImpl(Inline)]
    public static L4 OfSingle(float value) => new(Vector128.Create(value));

    [MethodImpl(Inline)]
    public static L4 Splat(float element) => new(Vector128.Create(element));

    [MethodImpl(Inline)]
    public static L4 Fma(L4 a, L4 b, L4 c) =>
        new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    // FusedMultiplyAdd(-a, b, c) would cost an instruction more.
    [MethodImpl(Inline)]
    public static L4 Fnma(L4 a, L4 b, L4 c) => Fma3.IsSupported
        ? new(Fma3.MultiplyAddNegated(a._value, b._value, c._value))
        : new(Vector128.FusedMultiplyAdd(-a._value, b._value, c._value));

    // The native maximum gives its second operand when either is NaN.
    [MethodImpl(Inline)]
    public static L4 Max(L4 a, L4 b) => new(Vector128.ConditionalSelect(
        Vector128.Equals(b._value, b._value),
        Vector128.MaxNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L4 Min(L4 a, L4 b) => new(Vector128.ConditionalSelect(
        Vector128.Equals(b._value, b._value),
        Vector128.MinNative(b._value, a._value),
        b._value));

    [MethodImpl(Inline)]
    public static L4 Abs(L4 a) => new(Vector128.Abs(a._value));

    [MethodImpl(Apart)]
    public static L4 Pow(L4 a, L4 b) => SingleFunctions<L4>.Pow(a, b);

    [MethodImpl(Inline)]
    public static L4 Sqrt(L4 a) => new(Vector128.Sqrt(a._value));

    [MethodImpl(Apart)]
    public static L4 Exp(L4 a) => SingleFunctions<L4>.Exp(a);

    [MethodImpl(Apart)]
    public static L4 Log(L4 a) => SingleFunctions<L4>.Log(a);

    [MethodImpl(Apart)]
    public static L4 Atan2(L4 y, L4 x) => SingleFunctions<L4>.Atan2(y, x);

    [MethodImpl(Inline)]
    public static L4 Floor(L4 a) => new(Vector128.Floor(a._value));

    [MethodImpl(Inline)]
    public static void SinCos(L4 angle, out L4 sin, out L4 cos) =>
        SingleFunctions<L4>.SinCos(angle, out sin, out cos);

    [MethodImpl(Inline)]
    public static L4 Where(L4 x, L4 positive, L4 otherwise) =>
        new(Vector128.ConditionalSelect(
            Vector128.GreaterThan(x._value, Vector128<float>.Zero),
            positive._value,
            otherwise._value));

    [MethodImpl(Inline)]
    public static L4 IsFinite(L4 x) => new(Vector128.ConditionalSelect(
        Vector128.LessThanOrEqual(
            Vector128.Abs(x._value), Vector128.Create(float.MaxValue)),
        Vector128.Create(1f),
        Vector128<float>.Zero));

    [MethodImpl(Inline)]
    public static bool Any(L4 x) =>
        Vector128.GreaterThanAny(x._value, Vector128<float>.Zero);

    [MethodImpl(Inline)]
    public static L4 Broadcast(L4 x, int lane) =>
        new(Vector128.Create(x._value.GetElement(lane)));

    [MethodImpl(Inline)]
    public static L4 Insert(L4 target, L4 value, int lane) =>
        new(Vector128.ConditionalSelect(
            Vector128.Equals(Vector128<int>.Indices, Vector128.Create(lane)).AsSingle(),
            value._value,
            target._value));

    [MethodImpl(Inline)]
    public static int ToInt(L4 x) => (int)x._value.ToScalar();

    [MethodImpl(Inline)]
    public static L4 Round(L4 x) =>
        new((x._value + Vector128.Create(Magic)) - Vector128.Create(Magic));

    [MethodImpl(Inline)]
    public static void TurnQuarters(L4 quarters, ref L4 sin, ref L4 cos)
    {
        Vector128<int> n = (quarters._value + Vector128.Create(Magic)).AsInt32();
        Vector128<float> straight = Vector128.Equals(
            n & Vector128<int>.One, Vector128<int>.Zero).AsSingle();
        Vector128<int> sign = Vector128.Create(int.MinValue);
        Vector128<int> s = Vector128.ConditionalSelect(
            straight, sin._value, cos._value).AsInt32();
        Vector128<int> c = Vector128.ConditionalSelect(
            straight, cos._value, sin._value).AsInt32();
        sin = new((s ^ ((n << 30) & sign)).AsSingle());
        cos = new((c ^ (((n + Vector128<int>.One) << 30) & sign)).AsSingle());
    }

    [MethodImpl(Inline)]
    public static L4 ScaleByPowerOfTwo(L4 x, L4 n)
    {
        Vector128<int> whole = Vector128.ConvertToInt32Native(n._value);
        return new(x._value * ((whole + Vector128.Create(127)) << 23).AsSingle());
    }

    [MethodImpl(Inline)]
    public static void SplitExponent(L4 x, out L4 m, out L4 n)
    {
        Vector128<int> bits = x._value.AsInt32();
        Vector128<int> exponent = (bits - Vector128.Create(HalfRootBits)) >> 23;
        m = new((bits - (exponent << 23)).AsSingle());
        n = new(Vector128.ConvertToSingle(exponent));
    }
}
