using System.Numerics.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using Tensor = TorchSharp.torch.Tensor;

namespace HilRig.Learning.Networks;

/// <summary>
/// A policy on the processor: products by torch, everything between them in one pass of our own,
/// and the derivative written out. <see cref="DeviceActor"/> gives the same numbers.
/// </summary>
internal sealed class HostActor : IActorNetwork
{
    private const int BlocksOfLayer = 2;

    private readonly Tensor _gradient;
    private readonly Tensor[] _weightGradients;
    private ActorTrace? _trace;
    private FlatParameters? _weights;
    private Tensor? _features;
    private IReadOnlyList<Tensor>? _masks;

    /// <summary>Makes the network for a layout.</summary>
    /// <param name="layout">Where each layer lies; one member.</param>
    public HostActor(NetworkLayout layout)
    {
        Layout = layout;
        _gradient = zeros(layout.Count).DetachFromDisposeScope();
        _weightGradients =
        [
            .. Enumerable.Range(0, layout.Shape.HiddenLayerCount + 1).Select(layer =>
                FlatParameters.View(_gradient, layout.Blocks[BlocksOfLayer * layer], 0)),
        ];
    }

    /// <inheritdoc/>
    public NetworkLayout Layout { get; }

    private int HiddenLayerCount => Layout.Shape.HiddenLayerCount;

    /// <inheritdoc/>
    public Tensor Evaluate(
        FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        Tensor units = features;
        for (int layer = 0; layer < HiddenLayerCount; layer++)
        {
            units = units.mm(weights.Part(BlocksOfLayer * layer, 0));
            DropoutRelu.Forward(units.Floats(), Bias(weights, layer), Mask(masks, layer));
        }

        units = units.mm(weights.Part(BlocksOfLayer * HiddenLayerCount, 0));
        Squash(units.Floats(), Bias(weights, HiddenLayerCount));
        return units.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public Tensor Run(FlatParameters weights, Tensor features, IReadOnlyList<Tensor>? masks)
    {
        using IDisposable none = no_grad();
        int rows = (int)features.shape[0];
        if (_trace?.RowCount != rows)
        {
            _trace?.Dispose();
            _trace = new ActorTrace(Layout.Shape, rows);
        }

        (_weights, _features, _masks) = (weights, features, masks);
        Tensor from = features;
        for (int layer = 0; layer < HiddenLayerCount; layer++)
        {
            Tensor units = _trace.Outputs[layer];
            units.addmm_(from, weights.Part(BlocksOfLayer * layer, 0), beta: 0);
            DropoutRelu.Forward(units.Floats(), Bias(weights, layer), Mask(masks, layer));
            from = units;
        }

        Tensor head = weights.Part(BlocksOfLayer * HiddenLayerCount, 0);
        _trace.Actions.addmm_(from, head, beta: 0);
        Squash(_trace.Actions.Floats(), Bias(weights, HiddenLayerCount));
        return _trace.Actions;
    }

    /// <inheritdoc/>
    public Tensor WeightGradient(Tensor slope)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable none = no_grad();
        ActorTrace trace = _trace!;
        _gradient.Floats().Clear();
        Tensor at = trace.ActionSlopes;
        Unsquash(slope.Floats(), trace.Actions.Floats(), at.Floats());
        for (int layer = HiddenLayerCount; layer >= 0; layer--)
        {
            if (layer < HiddenLayerCount)
            {
                DropoutRelu.Backward(
                    at.Floats(),
                    trace.Outputs[layer].Floats(),
                    Mask(_masks, layer),
                    BiasGradient(layer));
            }

            Tensor from = layer == 0 ? _features!.t() : trace.Transposed[layer - 1];
            _weightGradients[layer].addmm_(from, at, beta: 0);
            if (layer > 0)
            {
                Tensor before = trace.Slopes[layer % 2];
                before.addmm_(at, _weights!.Part(BlocksOfLayer * layer, 0).t(), beta: 0);
                at = before;
            }
        }

        return _gradient;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _trace?.Dispose();
        _gradient.Dispose();
        foreach (Tensor gradient in _weightGradients)
        {
            gradient.Dispose();
        }
    }

    private static ReadOnlySpan<float> Mask(IReadOnlyList<Tensor>? masks, int layer) =>
        masks is null ? [] : masks[layer].Floats();

    private static void Squash(Span<float> units, ReadOnlySpan<float> bias)
    {
        for (int row = 0; row < units.Length; row += bias.Length)
        {
            for (int i = 0; i < bias.Length; i++)
            {
                units[row + i] = MathF.Tanh(units[row + i] + bias[i]);
            }
        }
    }

    /// <summary>Slope before the tanh, d · (1 − a²), and its sum for the bias.</summary>
    private void Unsquash(
        ReadOnlySpan<float> slopes, ReadOnlySpan<float> actions, Span<float> before)
    {
        Span<float> bias = BiasGradient(HiddenLayerCount);
        for (int row = 0; row < before.Length; row += bias.Length)
        {
            for (int i = 0; i < bias.Length; i++)
            {
                float action = actions[row + i];
                before[row + i] = slopes[row + i] * (1 - (action * action));
            }

            TensorPrimitives.Add(bias, before.Slice(row, bias.Length), bias);
        }
    }

    private ReadOnlySpan<float> Bias(FlatParameters weights, int layer) =>
        weights.Read(Layout.Blocks[(BlocksOfLayer * layer) + 1], 0);

    private Span<float> BiasGradient(int layer)
    {
        NetworkBlock block = Layout.Blocks[(BlocksOfLayer * layer) + 1];
        return _gradient.Floats().Slice(block.Offset, block.Count);
    }
}
