using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>
/// A double with operations that a device compiler knows: no tuples, no fused call.
/// </summary>
internal readonly struct DeviceReal(double value) : IReal<DeviceReal>
{
    public readonly double Value = value;

    public static DeviceReal operator +(DeviceReal a, DeviceReal b) => new(a.Value + b.Value);

    public static DeviceReal operator -(DeviceReal a, DeviceReal b) => new(a.Value - b.Value);

    public static DeviceReal operator -(DeviceReal a) => new(-a.Value);

    public static DeviceReal operator *(DeviceReal a, DeviceReal b) => new(a.Value * b.Value);

    public static DeviceReal operator /(DeviceReal a, DeviceReal b) => new(a.Value / b.Value);

    public static DeviceReal Of(double value) => new(value);

    public static DeviceReal Fma(DeviceReal a, DeviceReal b, DeviceReal c) => (a * b) + c;

    public static DeviceReal Fnma(DeviceReal a, DeviceReal b, DeviceReal c) => c - (a * b);

    public static DeviceReal Max(DeviceReal a, DeviceReal b) => new(Math.Max(a.Value, b.Value));

    public static DeviceReal Min(DeviceReal a, DeviceReal b) => new(Math.Min(a.Value, b.Value));

    public static DeviceReal Abs(DeviceReal a) => new(Math.Abs(a.Value));

    public static DeviceReal Pow(DeviceReal a, DeviceReal b) => new(Math.Pow(a.Value, b.Value));

    public static DeviceReal Sqrt(DeviceReal a) => new(Math.Sqrt(a.Value));

    public static DeviceReal Exp(DeviceReal a) => new(Math.Exp(a.Value));

    public static DeviceReal Log(DeviceReal a) => new(Math.Log(a.Value));

    public static DeviceReal Atan2(DeviceReal y, DeviceReal x) =>
        new(Math.Atan2(y.Value, x.Value));

    public static DeviceReal Floor(DeviceReal a) => new(Math.Floor(a.Value));

    public static void SinCos(DeviceReal angle, out DeviceReal sin, out DeviceReal cos)
    {
        sin = new(Math.Sin(angle.Value));
        cos = new(Math.Cos(angle.Value));
    }

    public static DeviceReal Where(DeviceReal x, DeviceReal positive, DeviceReal otherwise) =>
        x.Value > 0 ? positive : otherwise;

    // An infinity or NaN less itself is NaN, which is not equal to 0.
    public static DeviceReal IsFinite(DeviceReal x) => new(x.Value - x.Value == 0 ? 1 : 0);

    public static bool Any(DeviceReal x) => x.Value > 0;

    public static int LaneCount => 1;

    public static DeviceReal Broadcast(DeviceReal x, int lane) => x;

    public static DeviceReal Insert(DeviceReal target, DeviceReal value, int lane) => value;

    public static int ToInt(DeviceReal x) => (int)x.Value;
}
