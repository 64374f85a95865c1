using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Dynamics;

/// <summary>Two doubles side by side: the smallest number whose lanes can differ.</summary>
internal readonly record struct TwoLanes(double A, double B) : IReal<TwoLanes>
{
    public static TwoLanes operator +(TwoLanes a, TwoLanes b) => new(a.A + b.A, a.B + b.B);

    public static TwoLanes operator -(TwoLanes a, TwoLanes b) => new(a.A - b.A, a.B - b.B);

    public static TwoLanes operator -(TwoLanes a) => new(-a.A, -a.B);

    public static TwoLanes operator *(TwoLanes a, TwoLanes b) => new(a.A * b.A, a.B * b.B);

    public static TwoLanes operator /(TwoLanes a, TwoLanes b) => new(a.A / b.A, a.B / b.B);

    public static TwoLanes Of(double value) => new(value, value);

    public static TwoLanes OfSingle(float value) => new(value, value);

    public static TwoLanes Fma(TwoLanes a, TwoLanes b, TwoLanes c) => (a * b) + c;

    public static TwoLanes Fnma(TwoLanes a, TwoLanes b, TwoLanes c) => c - (a * b);

    public static TwoLanes Max(TwoLanes a, TwoLanes b) =>
        new(Math.Max(a.A, b.A), Math.Max(a.B, b.B));

    public static TwoLanes Min(TwoLanes a, TwoLanes b) =>
        new(Math.Min(a.A, b.A), Math.Min(a.B, b.B));

    public static TwoLanes Abs(TwoLanes a) => new(Math.Abs(a.A), Math.Abs(a.B));

    public static TwoLanes Pow(TwoLanes a, TwoLanes b) =>
        new(Math.Pow(a.A, b.A), Math.Pow(a.B, b.B));

    public static TwoLanes Sqrt(TwoLanes a) => new(Math.Sqrt(a.A), Math.Sqrt(a.B));

    public static TwoLanes Exp(TwoLanes a) => new(Math.Exp(a.A), Math.Exp(a.B));

    public static TwoLanes Log(TwoLanes a) => new(Math.Log(a.A), Math.Log(a.B));

    public static TwoLanes Atan2(TwoLanes y, TwoLanes x) =>
        new(Math.Atan2(y.A, x.A), Math.Atan2(y.B, x.B));

    public static TwoLanes Floor(TwoLanes a) => new(Math.Floor(a.A), Math.Floor(a.B));

    public static void SinCos(TwoLanes angle, out TwoLanes sin, out TwoLanes cos)
    {
        (double sinA, double cosA) = Math.SinCos(angle.A);
        (double sinB, double cosB) = Math.SinCos(angle.B);
        sin = new(sinA, sinB);
        cos = new(cosA, cosB);
    }

    public static TwoLanes Where(TwoLanes x, TwoLanes positive, TwoLanes otherwise) =>
        new(x.A > 0 ? positive.A : otherwise.A, x.B > 0 ? positive.B : otherwise.B);

    public static TwoLanes IsFinite(TwoLanes x) =>
        new(double.IsFinite(x.A) ? 1 : 0, double.IsFinite(x.B) ? 1 : 0);

    public static bool Any(TwoLanes x) => x.A > 0 || x.B > 0;

    public static int LaneCount => 2;

    public static TwoLanes Broadcast(TwoLanes x, int lane) => Of(lane == 0 ? x.A : x.B);

    public static TwoLanes Insert(TwoLanes target, TwoLanes value, int lane) =>
        lane == 0 ? new(value.A, target.B) : new(target.A, value.B);

    public static int ToInt(TwoLanes x) => (int)x.A;
}
