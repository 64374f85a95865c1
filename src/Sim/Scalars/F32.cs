using System.Runtime.CompilerServices;

namespace HilRig.Sim.Scalars;

/// <summary>One float; gives the same bits as each lane of <see cref="L16"/>.</summary>
internal readonly struct F32 : ISingle<F32>, ILanes<F32, float>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const float Magic = 12582912; // 1.5 · 2²³: the last bits of x + it are x rounded
    private const int HalfRootBits = 0x3F3504F3; // √½

    private readonly float _value;

    [MethodImpl(Inline)]
    private F32(float value) => _value = value;

    public static int LaneCount => 1;

    [MethodImpl(Inline)]
    public static F32 operator +(F32 a, F32 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static F32 operator -(F32 a, F32 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static F32 operator -(F32 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static F32 operator *(F32 a, F32 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static F32 operator /(F32 a, F32 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static F32 Of(double value) => new((float)value);

    [MethodImpl(Inline)]
    public static F32 OfSingle(float value) => new(value);

    [MethodImpl(Inline)]
    public static F32 Splat(float element) => new(element);

    [MethodImpl(Inline)]
    public static F32 Fma(F32 a, F32 b, F32 c) =>
        new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(Inline)]
    public static F32 Fnma(F32 a, F32 b, F32 c) =>
        new(MathF.FusedMultiplyAdd(-a._value, b._value, c._value));

    [MethodImpl(Inline)]
    public static F32 Max(F32 a, F32 b) => new(MathF.Max(a._value, b._value));

    [MethodImpl(Inline)]
    public static F32 Min(F32 a, F32 b) => new(MathF.Min(a._value, b._value));

    [MethodImpl(Inline)]
    public static F32 Abs(F32 a) => new(MathF.Abs(a._value));

    public static F32 Pow(F32 a, F32 b) => SingleFunctions<F32>.Pow(a, b);

    [MethodImpl(Inline)]
    public static F32 Sqrt(F32 a) => new(MathF.Sqrt(a._value));

    public static F32 Exp(F32 a) => SingleFunctions<F32>.Exp(a);

    public static F32 Log(F32 a) => SingleFunctions<F32>.Log(a);

    public static F32 Atan2(F32 y, F32 x) => SingleFunctions<F32>.Atan2(y, x);

    [MethodImpl(Inline)]
    public static F32 Floor(F32 a) => new(MathF.Floor(a._value));

    [MethodImpl(Inline)]
    public static void SinCos(F32 angle, out F32 sin, out F32 cos) =>
        SingleFunctions<F32>.SinCos(angle, out sin, out cos);

    [MethodImpl(Inline)]
    public static F32 Where(F32 x, F32 positive, F32 otherwise) =>
        x._value > 0 ? positive : otherwise;

    [MethodImpl(Inline)]
    public static F32 IsFinite(F32 x) => new(float.IsFinite(x._value) ? 1 : 0);

    [MethodImpl(Inline)]
    public static bool Any(F32 x) => x._value > 0;

    [MethodImpl(Inline)]
    public static F32 Broadcast(F32 x, int lane) => x;

    [MethodImpl(Inline)]
    public static F32 Insert(F32 target, F32 value, int lane) => value;

    [MethodImpl(Inline)]
    public static int ToInt(F32 x) => (int)x._value;

    [MethodImpl(Inline)]
    public static F32 Round(F32 x) => new((x._value + Magic) - Magic);

    [MethodImpl(Inline)]
    public static void TurnQuarters(F32 quarters, ref F32 sin, ref F32 cos)
    {
        int n = BitConverter.SingleToInt32Bits(quarters._value + Magic);
        (float s, float c) = (n & 1) != 0
            ? (cos._value, sin._value)
            : (sin._value, cos._value);
        sin = new(Flip(s, n << 30));
        cos = new(Flip(c, (n + 1) << 30));
    }

    [MethodImpl(Inline)]
    public static F32 ScaleByPowerOfTwo(F32 x, F32 n) =>
        new(x._value * BitConverter.Int32BitsToSingle(((int)n._value + 127) << 23));

    [MethodImpl(Inline)]
    public static void SplitExponent(F32 x, out F32 m, out F32 n)
    {
        int bits = BitConverter.SingleToInt32Bits(x._value);
        int exponent = (bits - HalfRootBits) >> 23;
        m = new(BitConverter.Int32BitsToSingle(bits - (exponent << 23)));
        n = new(exponent);
    }

    [MethodImpl(Inline)]
    private static float Flip(float value, int sign) =>
        BitConverter.Int32BitsToSingle(
            BitConverter.SingleToInt32Bits(value) ^ (sign & int.MinValue));
}
