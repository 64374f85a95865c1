namespace HilRig.Learning.Networks;

/// <summary>Layers of a multilayer perceptron or of an ensemble of equal ones.</summary>
internal sealed record NetworkShape
{
    /// <summary>Numbers that go in.</summary>
    public required int InputCount { get; init; }

    /// <summary>Units of each hidden layer.</summary>
    public required int HiddenCount { get; init; }

    /// <summary>Hidden layers.</summary>
    public required int HiddenLayerCount { get; init; }

    /// <summary>Numbers that come out of each member.</summary>
    public required int OutputCount { get; init; }

    /// <summary>Networks of the ensemble; 1 for none.</summary>
    public int MemberCount { get; init; } = 1;

    /// <summary>Whether each hidden layer is normalised before its ReLU.</summary>
    public bool LayerNormalised { get; init; }

    /// <summary>
    /// Whether an ensemble has one bias a layer and member, and one gain and shift for all members,
    /// as the reference implementation has.
    /// </summary>
    public bool QuirksOfReference { get; init; }

    /// <summary>Inputs of a layer.</summary>
    public int InputsOf(int layer) => layer == 0 ? InputCount : HiddenCount;

    /// <summary>Outputs of a layer; that of the head is after the hidden ones.</summary>
    public int OutputsOf(int layer) => layer == HiddenLayerCount ? OutputCount : HiddenCount;
}
