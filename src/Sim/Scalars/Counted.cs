using HilRig.Sim.Gradients;

namespace HilRig.Sim.Scalars;

/// <summary>
/// A double whose operations are counted in the <see cref="OperationTally"/> of this thread; for
/// the CPU only.
/// </summary>
internal readonly struct Counted(double value) : IReal<Counted>
{
    private readonly double _value = value;

    /// <summary>The number itself.</summary>
    public double Value => _value;

    private static OperationTally Tally => OperationTally.Current;

    public static Counted operator +(Counted a, Counted b)
    {
        Tally.Pending.Additions++;
        return new(a._value + b._value);
    }

    public static Counted operator -(Counted a, Counted b)
    {
        Tally.Pending.Additions++;
        return new(a._value - b._value);
    }

    public static Counted operator -(Counted a)
    {
        Tally.Pending.Choices++;
        return new(-a._value);
    }

    public static Counted operator *(Counted a, Counted b)
    {
        Tally.Pending.Products++;
        return new(a._value * b._value);
    }

    public static Counted operator /(Counted a, Counted b)
    {
        Tally.Pending.Divisions++;
        return new(a._value / b._value);
    }

    public static Counted Of(double value) => new(value);

    public static Counted OfSingle(float value) => new(value);

    public static Counted Fma(Counted a, Counted b, Counted c)
    {
        Tally.Pending.Fused++;
        return new((a._value * b._value) + c._value);
    }

    public static Counted Fnma(Counted a, Counted b, Counted c)
    {
        Tally.Pending.Fused++;
        return new(c._value - (a._value * b._value));
    }

    public static Counted Max(Counted a, Counted b)
    {
        Tally.Pending.Choices++;
        return new(Math.Max(a._value, b._value));
    }

    public static Counted Min(Counted a, Counted b)
    {
        Tally.Pending.Choices++;
        return new(Math.Min(a._value, b._value));
    }

    public static Counted Abs(Counted a)
    {
        Tally.Pending.Choices++;
        return new(Math.Abs(a._value));
    }

    public static Counted Pow(Counted a, Counted b) => Function(Math.Pow(a._value, b._value));

    public static Counted Sqrt(Counted a)
    {
        Tally.Pending.Roots++;
        return new(Math.Sqrt(a._value));
    }

    public static Counted Exp(Counted a) => Function(Math.Exp(a._value));

    public static Counted Log(Counted a) => Function(Math.Log(a._value));

    public static Counted Atan2(Counted y, Counted x) =>
        Function(Math.Atan2(y._value, x._value));

    public static Counted Floor(Counted a)
    {
        Tally.Pending.Choices++;
        return new(Math.Floor(a._value));
    }

    public static void SinCos(Counted angle, out Counted sin, out Counted cos)
    {
        (double s, double c) = Math.SinCos(angle._value);
        sin = Function(s);
        cos = new(c);
    }

    public static Counted Where(Counted x, Counted positive, Counted otherwise)
    {
        Tally.Pending.Choices++;
        return x._value > 0 ? positive : otherwise;
    }

    public static Counted IsFinite(Counted x)
    {
        Tally.Pending.Choices++;
        return new(double.IsFinite(x._value) ? 1 : 0);
    }

    public static bool Any(Counted x)
    {
        Tally.Pending.Choices++;
        return x._value > 0;
    }

    public static int LaneCount => 1;

    public static Counted Broadcast(Counted x, int lane) => x;

    public static Counted Insert(Counted target, Counted value, int lane) => value;

    public static int ToInt(Counted x) => (int)x._value;

    private static Counted Function(double value)
    {
        Tally.Pending.Functions++;
        return new(value);
    }
}
