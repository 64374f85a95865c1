namespace HilRig.Learning.Onnx;

/// <summary>Sizes of a policy's networks; those of the preset `cpu` unless said otherwise.</summary>
internal sealed record NetworkShape
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
