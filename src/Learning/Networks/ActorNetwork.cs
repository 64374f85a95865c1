using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// A deterministic policy: hidden layers of linear, dropout and ReLU, then a linear layer and tanh.
/// Actor and imitation policy are both of this kind.
/// </summary>
internal sealed class ActorNetwork
{
    private readonly long[] _sizes;

    /// <summary>Makes the network for a layout.</summary>
    /// <param name="layout">Where each layer lies; one member.</param>
    public ActorNetwork(NetworkLayout layout)
    {
        Layout = layout;
        _sizes = [.. layout.Blocks.Select(block => (long)block.Count)];
    }

    /// <summary>Where each layer lies.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>Computes actions.</summary>
    /// <param name="flat">The weights, with or without gradient. Shape [parameter].</param>
    /// <param name="features">Shape [row, feature].</param>
    /// <param name="masks">
    /// Dropout of each hidden layer, 0 or 1/(1 − rate), each of shape [row, hidden]; null for none.
    /// </param>
    /// <returns>Each in (−1, 1). Shape [row, action].</returns>
    public Tensor Forward(Tensor flat, Tensor features, IReadOnlyList<Tensor>? masks)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = flat.split(_sizes);
        Tensor units = features;
        int layers = Layout.Shape.HiddenLayerCount;
        for (int layer = 0; layer <= layers; layer++)
        {
            Tensor weight = parts[2 * layer].view(
                Layout.Shape.InputsOf(layer), Layout.Shape.OutputsOf(layer));
            units = addmm(parts[(2 * layer) + 1], units, weight, 1, 1);
            if (layer < layers)
            {
                units = masks is null ? units : units * masks[layer];
                units = units.relu();
            }
        }

        return units.tanh().MoveToOuterDisposeScope();
    }
}
