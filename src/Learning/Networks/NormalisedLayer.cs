namespace HilRig.Learning.Networks;

/// <summary>Bias, gain and shift of a normalised layer. Each of shape [unit].</summary>
internal readonly ref struct NormalisedLayer
{
    /// <summary>Added to the products.</summary>
    public required ReadOnlySpan<float> Bias { get; init; }

    /// <summary>Factor after the normalisation.</summary>
    public required ReadOnlySpan<float> Gain { get; init; }

    /// <summary>Added after that.</summary>
    public required ReadOnlySpan<float> Shift { get; init; }
}
