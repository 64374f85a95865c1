namespace HilRig.Learning.Networks;

/// <summary>What a normalised layer computed, kept for its derivative.</summary>
internal readonly ref struct NormalisedPass
{
    /// <summary>Normalised units x. Shape [row, unit].</summary>
    public required ReadOnlySpan<float> Units { get; init; }

    /// <summary>Output h after the ReLU. Shape [row, unit].</summary>
    public required ReadOnlySpan<float> Output { get; init; }

    /// <summary>1/√(var + ε). Shape [row].</summary>
    public required ReadOnlySpan<float> Scales { get; init; }
}
