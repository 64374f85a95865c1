using HilRig.Sim.Gradients;

namespace HilRig.Sim.Scalars;

/// <summary>
/// A number that remembers how it came about: code that runs in it leaves a graph behind. It
/// carries the value too, so that decisions on values are taken, and recorded as guards of the
/// graph. Lives inside a <see cref="GraphRecorder"/> of this thread; for the CPU only.
/// </summary>
internal readonly struct Symbol : IReal<Symbol>
{
    private readonly int _node;
    private readonly double _value;

    public Symbol(int node, double value)
    {
        _node = node;
        _value = value;
    }

    /// <summary>Its node in the recorder.</summary>
    public int Node => _node;

    /// <summary>Its value in the run that is being recorded.</summary>
    public double Value => _value;

    private bool IsConstant => Recorder.IsConstant(_node);

    private static GraphRecorder Recorder => GraphRecorder.Current;

    public static Symbol operator +(Symbol a, Symbol b)
    {
        if (a.Is(0))
        {
            return b;
        }

        if (b.Is(0))
        {
            return a;
        }

        if (b.IsNegation)
        {
            return a - b.Negated;
        }

        return a.IsNegation
            ? b - a.Negated
            : Commutative(GraphOperation.Add, a, b, a._value + b._value);
    }

    public static Symbol operator -(Symbol a, Symbol b)
    {
        if (b.Is(0))
        {
            return a;
        }

        if (a._node == b._node)
        {
            return Of(0);
        }

        if (a.Is(0))
        {
            return -b;
        }

        return b.IsNegation
            ? a + b.Negated
            : Make(GraphOperation.Subtract, a, b, a._value - b._value);
    }

    public static Symbol operator -(Symbol a) =>
        a.IsNegation ? a.Negated : Make(GraphOperation.Negate, a, -a._value);

    public static Symbol operator *(Symbol a, Symbol b)
    {
        if (a.Is(0) || b.Is(0))
        {
            return Of(0);
        }

        if (a.Is(1) || b.Is(-1))
        {
            return a.Is(1) ? b : -a;
        }

        if (b.Is(1) || a.Is(-1))
        {
            return b.Is(1) ? a : -b;
        }

        return a.IsNegation && b.IsNegation
            ? a.Negated * b.Negated
            : Commutative(GraphOperation.Multiply, a, b, a._value * b._value);
    }

    public static Symbol operator /(Symbol a, Symbol b)
    {
        if (a.Is(0) || b.Is(1))
        {
            return a;
        }

        return Make(GraphOperation.Divide, a, b, a._value / b._value);
    }

    public static Symbol Of(double value) => new(Recorder.Constant(value), value);

    public static Symbol OfSingle(float value) => Of(value);

    public static Symbol Fma(Symbol a, Symbol b, Symbol c)
    {
        if (c.Is(0) || IsPlain(a, b))
        {
            return (a * b) + c;
        }

        if (a.IsNegation)
        {
            return Fnma(a.Negated, b, c);
        }

        return b.IsNegation
            ? Fnma(a, b.Negated, c)
            : Fused(GraphOperation.Fma, a, b, c, (a._value * b._value) + c._value);
    }

    public static Symbol Fnma(Symbol a, Symbol b, Symbol c)
    {
        if (c.Is(0) || IsPlain(a, b))
        {
            return c - (a * b);
        }

        if (a.IsNegation)
        {
            return Fma(a.Negated, b, c);
        }

        return b.IsNegation
            ? Fma(a, b.Negated, c)
            : Fused(GraphOperation.Fnma, a, b, c, c._value - (a._value * b._value));
    }

    public static Symbol Max(Symbol a, Symbol b)
    {
        if (a._node == b._node || a.Is(double.NegativeInfinity))
        {
            return b;
        }

        return b.Is(double.NegativeInfinity)
            ? a
            : Make(GraphOperation.Max, a, b, Math.Max(a._value, b._value));
    }

    public static Symbol Min(Symbol a, Symbol b)
    {
        if (a._node == b._node || a.Is(double.PositiveInfinity))
        {
            return b;
        }

        return b.Is(double.PositiveInfinity)
            ? a
            : Make(GraphOperation.Min, a, b, Math.Min(a._value, b._value));
    }

    public static Symbol Abs(Symbol a) => Make(GraphOperation.Abs, a, Math.Abs(a._value));

    public static Symbol Pow(Symbol a, Symbol b) =>
        b.Is(1) ? a : Make(GraphOperation.Pow, a, b, Math.Pow(a._value, b._value));

    public static Symbol Sqrt(Symbol a) => Make(GraphOperation.Sqrt, a, Math.Sqrt(a._value));

    public static Symbol Exp(Symbol a) => Make(GraphOperation.Exp, a, Math.Exp(a._value));

    public static Symbol Log(Symbol a) => Make(GraphOperation.Log, a, Math.Log(a._value));

    public static Symbol Atan2(Symbol y, Symbol x) =>
        Make(GraphOperation.Atan2, y, x, Math.Atan2(y._value, x._value));

    public static Symbol Floor(Symbol a) => Make(GraphOperation.Floor, a, Math.Floor(a._value));

    public static void SinCos(Symbol angle, out Symbol sin, out Symbol cos)
    {
        (double s, double c) = Math.SinCos(angle._value);
        if (angle.IsConstant)
        {
            sin = Of(s);
            cos = Of(c);
            return;
        }

        (int sine, int cosine) = Recorder.SineAndCosine(angle._node);
        sin = new(sine, s);
        cos = new(cosine, c);
    }

    public static Symbol Where(Symbol x, Symbol positive, Symbol otherwise)
    {
        if (positive._node == otherwise._node || x.IsConstant)
        {
            return x._value > 0 ? positive : otherwise;
        }

        int node = Recorder.Node(GraphOperation.Where, x._node, positive._node, otherwise._node);
        return new(node, x._value > 0 ? positive._value : otherwise._value);
    }

    public static Symbol IsFinite(Symbol x) =>
        Make(GraphOperation.IsFinite, x, double.IsFinite(x._value) ? 1 : 0);

    public static bool Any(Symbol x)
    {
        bool above = x._value > 0;
        if (!x.IsConstant)
        {
            Recorder.Guard(new(x._node, IsWhole: false, above ? 1 : 0));
        }

        return above;
    }

    public static int LaneCount => 1;

    public static Symbol Broadcast(Symbol x, int lane) => x;

    public static Symbol Insert(Symbol target, Symbol value, int lane) => value;

    public static int ToInt(Symbol x)
    {
        int whole = (int)x._value;
        if (!x.IsConstant)
        {
            Recorder.Guard(new(x._node, IsWhole: true, whole));
        }

        return whole;
    }

    private bool IsNegation => Recorder[_node].Operation == GraphOperation.Negate;

    private Symbol Negated => new(Recorder[_node].A, -_value);

    private bool Is(double number) => _value == number && IsConstant;

    private static bool IsPlain(Symbol a, Symbol b) =>
        (a.IsConstant && (b.IsConstant || Math.Abs(a._value) is 0 or 1))
        || (b.IsConstant && Math.Abs(b._value) is 0 or 1);

    private static Symbol Make(GraphOperation operation, Symbol a, double value) => a.IsConstant
        ? Of(value)
        : new(Recorder.Node(operation, a._node), value);

    private static Symbol Make(GraphOperation operation, Symbol a, Symbol b, double value) =>
        a.IsConstant && b.IsConstant
            ? Of(value)
            : new(Recorder.Node(operation, a._node, b._node), value);

    private static Symbol Commutative(
        GraphOperation operation, Symbol a, Symbol b, double value) =>
        a._node <= b._node ? Make(operation, a, b, value) : Make(operation, b, a, value);

    private static Symbol Fused(
        GraphOperation operation, Symbol a, Symbol b, Symbol c, double value)
    {
        int low = Math.Min(a._node, b._node);
        int high = Math.Max(a._node, b._node);
        return new(Recorder.Node(operation, low, high, c._node), value);
    }
}
