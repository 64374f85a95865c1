namespace HilRig.Sim.Gradients;

/// <summary>What a node of a graph computes from its operands a, b, c.</summary>
internal enum GraphOperation : byte
{
    /// <summary>A number that was known when the graph was made.</summary>
    Constant,

    /// <summary>A number given at each evaluation.</summary>
    Input,

    /// <summary>a + b.</summary>
    Add,

    /// <summary>a - b.</summary>
    Subtract,

    /// <summary>-a.</summary>
    Negate,

    /// <summary>a b.</summary>
    Multiply,

    /// <summary>a / b.</summary>
    Divide,

    /// <summary>a b + c.</summary>
    Fma,

    /// <summary>c - a b.</summary>
    Fnma,

    /// <summary>Larger of a and b.</summary>
    Max,

    /// <summary>Smaller of a and b.</summary>
    Min,

    /// <summary>|a|.</summary>
    Abs,

    /// <summary>a to the power of b.</summary>
    Pow,

    /// <summary>Square root of a.</summary>
    Sqrt,

    /// <summary>e to the power of a.</summary>
    Exp,

    /// <summary>Natural logarithm of a.</summary>
    Log,

    /// <summary>Angle of the point (x = b, y = a).</summary>
    Atan2,

    /// <summary>Largest whole number not above a.</summary>
    Floor,

    /// <summary>Sine of a; b is the node of its cosine, which is written with it.</summary>
    Sine,

    /// <summary>Cosine of a; b is the node of its sine, which comes right before it.</summary>
    Cosine,

    /// <summary>b where a is above 0, else c.</summary>
    Where,

    /// <summary>1 where a is finite, else 0.</summary>
    IsFinite,
}
