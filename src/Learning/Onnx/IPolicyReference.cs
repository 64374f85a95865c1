namespace HilRig.Learning.Onnx;

/// <summary>The networks themselves, which a written graph is compared with.</summary>
internal interface IPolicyReference
{
    /// <summary>Says what the policy does, without noise or dropout.</summary>
    /// <param name="observations">Raw. Shape [row, observation · history].</param>
    /// <param name="outputs">Receives it.</param>
    void Evaluate(ReadOnlySpan<float> observations, HybridOutputs outputs);
}
