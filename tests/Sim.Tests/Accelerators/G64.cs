using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>
/// A double with operations that a device compiler knows: no tuples, no fused call.
/// </summary>
internal readonly struct G64(double value) : IReal<G64>
{
    public readonly double Value = value;

    public static G64 operator +(G64 a, G64 b) => new(a.Value + b.Value);

    public static G64 operator -(G64 a, G64 b) => new(a.Value - b.Value);

    public static G64 operator -(G64 a) => new(-a.Value);

    public static G64 operator *(G64 a, G64 b) => new(a.Value * b.Value);

    public static G64 operator /(G64 a, G64 b) => new(a.Value / b.Value);

    public static G64 Of(double value) => new(value);

    public static G64 OfSingle(float value) => new(value);

    public static G64 Fma(G64 a, G64 b, G64 c) => (a * b) + c;

    public static G64 Fnma(G64 a, G64 b, G64 c) => c - (a * b);

    public static G64 Max(G64 a, G64 b) => new(Math.Max(a.Value, b.Value));

    public static G64 Min(G64 a, G64 b) => new(Math.Min(a.Value, b.Value));

    public static G64 Abs(G64 a) => new(Math.Abs(a.Value));

    public static G64 Pow(G64 a, G64 b) => new(Math.Pow(a.Value, b.Value));

    public static G64 Sqrt(G64 a) => new(Math.Sqrt(a.Value));

    public static G64 Exp(G64 a) => new(Math.Exp(a.Value));

    public static G64 Log(G64 a) => new(Math.Log(a.Value));

    public static G64 Atan2(G64 y, G64 x) =>
        new(Math.Atan2(y.Value, x.Value));

    public static G64 Floor(G64 a) => new(Math.Floor(a.Value));

    public static void SinCos(G64 angle, out G64 sin, out G64 cos)
    {
        sin = new(Math.Sin(angle.Value));
        cos = new(Math.Cos(angle.Value));
    }

    public static G64 Where(G64 x, G64 positive, G64 otherwise) =>
        x.Value > 0 ? positive : otherwise;

    // An infinity or NaN less itself is NaN, which is not equal to 0.
    public static G64 IsFinite(G64 x) => new(x.Value - x.Value == 0 ? 1 : 0);

    public static bool Any(G64 x) => x.Value > 0;

    public static int LaneCount => 1;

    public static G64 Broadcast(G64 x, int lane) => x;

    public static G64 Insert(G64 target, G64 value, int lane) => value;

    public static int ToInt(G64 x) => (int)x.Value;
}
