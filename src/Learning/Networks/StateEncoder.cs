using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>A state is its own feature.</summary>
/// <param name="featureCount">Numbers of a state.</param>
internal sealed class StateEncoder(int featureCount) : IObservationEncoder
{
    /// <inheritdoc/>
    public int FeatureCount => featureCount;

    /// <inheritdoc/>
    public Tensor Encode(Tensor observation) => observation;
}
