namespace HilRig.Learning.Networks;

/// <summary>What an array of weights is, which says how it starts.</summary>
internal enum BlockKind
{
    /// <summary>Weight of a linear layer: uniform within ±1/√(inputs).</summary>
    Weight,

    /// <summary>Bias of a linear layer: uniform within ±1/√(inputs).</summary>
    Bias,

    /// <summary>Gain of a layer normalisation: one.</summary>
    Gain,

    /// <summary>Shift of a layer normalisation: zero.</summary>
    Shift,
}
