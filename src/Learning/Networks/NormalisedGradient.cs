namespace HilRig.Learning.Networks;

/// <summary>Sums of the gradients of a normalised layer. Each of shape [unit].</summary>
internal readonly ref struct NormalisedGradient
{
    /// <summary>Of the bias.</summary>
    public required Span<float> Bias { get; init; }

    /// <summary>Of the gain.</summary>
    public required Span<float> Gain { get; init; }

    /// <summary>Of the shift.</summary>
    public required Span<float> Shift { get; init; }
}
