namespace HilRig.Learning.Onnx;

/// <summary>Sizes of a policy's networks; by default those of the preset `cpu`.</summary>
internal sealed record PolicySizes
{
    /// <summary>Units of a hidden layer.</summary>
    public int Width { get; init; } = 128;

    /// <summary>Hidden layers of actor and critics.</summary>
    public int LayerCount { get; init; } = 2;

    /// <summary>Hidden layers of the imitation policy.</summary>
    public int ImitationLayerCount { get; init; } = 3;

    /// <summary>Critics.</summary>
    public int CriticCount { get; init; } = 5;

    /// <summary>Observations stacked.</summary>
    public int History { get; init; } = 1;
}
