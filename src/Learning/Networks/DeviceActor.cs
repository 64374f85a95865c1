using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>A policy by torch's own derivative, on any device.</summary>
internal sealed class DeviceActor : IActorNetwork
{
    private readonly long[] _sizes;
    private Tensor? _leaf;
    private Tensor? _actions;

    /// <summary>Makes the network for a layout.</summary>
    /// <param name="layout">Where each layer lies; one member.</param>
    public DeviceActor(NetworkLayout layout)
    {
        Layout = layout;
        _sizes = [.. layout.Blocks.Select(block => (long)block.Count)];
    }

    /// <inheritdoc/>
    public NetworkLayout Layout { get; }

    /// <inheritdoc/>
    public Tensor Evaluate(
        FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks)
    {
        using IDisposable none = no_grad();
        return Forward(weights.Fixed, features, masks);
    }

    /// <inheritdoc/>
    public Tensor Run(FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks)
    {
        _leaf = weights.Leaf;
        _actions = Forward(_leaf, features, masks);
        return _actions;
    }

    /// <inheritdoc/>
    public Tensor WeightGradient(Tensor slope) =>
        autograd.grad([_actions!], [_leaf!], [slope])[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        // Tensors of a run belong to the scope of its caller.
    }

    private Tensor Forward(Tensor flat, Tensor features, IReadOnlyList<Tensor>? masks)
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
