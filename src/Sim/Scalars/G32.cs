using System.Runtime.CompilerServices;
using ILGPU;

namespace HilRig.Sim.Scalars;

/// <summary>
/// One float on a device: only operations that every device compiler knows and rounds correctly. No
/// library call: ILGPU makes a fused call undefined and a sine approximate.
/// </summary>
internal readonly struct G32 : ISingle<G32>
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;
    private const int HalfRootBits = 0x3F3504F3; // √½

    private readonly float _value;

    /// <summary>Wraps a float.</summary>
    [MethodImpl(Inline)]
    public G32(float value) => _value = value;

    /// <summary>The float.</summary>
    public float Value
    {
        [MethodImpl(Inline)]
        get => _value;
    }

    [MethodImpl(Inline)]
    public static G32 operator +(G32 a, G32 b) => new(a._value + b._value);

    [MethodImpl(Inline)]
    public static G32 operator -(G32 a, G32 b) => new(a._value - b._value);

    [MethodImpl(Inline)]
    public static G32 operator -(G32 a) => new(-a._value);

    [MethodImpl(Inline)]
    public static G32 operator *(G32 a, G32 b) => new(a._value * b._value);

    [MethodImpl(Inline)]
    public static G32 operator /(G32 a, G32 b) => new(a._value / b._value);

    [MethodImpl(Inline)]
    public static G32 Of(double value) => new((float)value);

    [MethodImpl(Inline)]
    public static G32 OfSingle(float value) => new(value);

    // The device compiler may fuse it.
    [MethodImpl(Inline)]
    public static G32 Fma(G32 a, G32 b, G32 c) => new((a._value * b._value) + c._value);

    [MethodImpl(Inline)]
    public static G32 Fnma(G32 a, G32 b, G32 c) => new(c._value - (a._value * b._value));

    // A device's own max and min drop a NaN.
    [MethodImpl(Inline)]
    public static G32 Max(G32 a, G32 b) =>
        a._value > b._value || float.IsNaN(a._value) ? a : b;

    [MethodImpl(Inline)]
    public static G32 Min(G32 a, G32 b) =>
        a._value < b._value || float.IsNaN(a._value) ? a : b;

    [MethodImpl(Inline)]
    public static G32 Abs(G32 a) => new(MathF.Abs(a._value));

    [MethodImpl(Inline)]
    public static G32 Pow(G32 a, G32 b) => SingleFunctions<G32>.Pow(a, b);

    [MethodImpl(Inline)]
    public static G32 Sqrt(G32 a) => new(MathF.Sqrt(a._value));

    [MethodImpl(Inline)]
    public static G32 Exp(G32 a) => SingleFunctions<G32>.Exp(a);

    [MethodImpl(Inline)]
    public static G32 Log(G32 a) => SingleFunctions<G32>.Log(a);

    [MethodImpl(Inline)]
    public static G32 Atan2(G32 y, G32 x) => SingleFunctions<G32>.Atan2(y, x);

    [MethodImpl(Inline)]
    public static G32 Floor(G32 a) => new(MathF.Floor(a._value));

    [MethodImpl(Inline)]
    public static void SinCos(G32 angle, out G32 sin, out G32 cos) =>
        SingleFunctions<G32>.SinCos(angle, out sin, out cos);

    [MethodImpl(Inline)]
    public static G32 Where(G32 x, G32 positive, G32 otherwise) =>
        x._value > 0 ? positive : otherwise;

    // An infinity or NaN less itself is NaN, which is not equal to 0.
    [MethodImpl(Inline)]
    public static G32 IsFinite(G32 x) => new(x._value - x._value == 0 ? 1f : 0f);

    [MethodImpl(Inline)]
    public static bool Any(G32 x) => x._value > 0;

    public static int LaneCount => 1;

    [MethodImpl(Inline)]
    public static G32 Broadcast(G32 x, int lane) => x;

    [MethodImpl(Inline)]
    public static G32 Insert(G32 target, G32 value, int lane) => value;

    [MethodImpl(Inline)]
    public static int ToInt(G32 x) => (int)x._value;

    [MethodImpl(Inline)]
    public static G32 Round(G32 x) => new(MathF.Floor(x._value + 0.5f));

    [MethodImpl(Inline)]
    public static void TurnQuarters(G32 quarters, ref G32 sin, ref G32 cos)
    {
        int n = (int)quarters._value;
        float s = (n & 1) != 0 ? cos._value : sin._value;
        float c = (n & 1) != 0 ? sin._value : cos._value;
        sin = new((n & 2) != 0 ? -s : s);
        cos = new(((n + 1) & 2) != 0 ? -c : c);
    }

    [MethodImpl(Inline)]
    public static G32 ScaleByPowerOfTwo(G32 x, G32 n) =>
        new(x._value * Interop.IntAsFloat((uint)((int)n._value + 127) << 23));

    [MethodImpl(Inline)]
    public static void SplitExponent(G32 x, out G32 m, out G32 n)
    {
        int bits = (int)Interop.FloatAsInt(x._value);
        int exponent = (bits - HalfRootBits) >> 23;
        m = new(Interop.IntAsFloat((uint)(bits - (exponent << 23))));
        n = new(exponent);
    }
}
