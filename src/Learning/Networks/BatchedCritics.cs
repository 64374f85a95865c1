using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// All critics at once by batched products and torch's own derivative: fewer calls, for a graphics
/// card.
/// </summary>
internal sealed class BatchedCritics : ICriticEnsemble
{
    private readonly long[] _sizes;
    private readonly int[] _all;
    private Tensor? _leaf;
    private Tensor? _input;
    private Tensor? _values;

    /// <summary>Makes the ensemble for a layout.</summary>
    /// <param name="layout">Where each layer lies.</param>
    public BatchedCritics(NetworkLayout layout)
    {
        Layout = layout;
        _sizes = [.. layout.Blocks.Select(block => (long)block.Count)];
        _all = [.. Enumerable.Range(0, layout.Shape.MemberCount)];
    }

    /// <inheritdoc/>
    public NetworkLayout Layout { get; }

    /// <inheritdoc/>
    public Tensor Evaluate(FlatParameters weights, Tensor input, ReadOnlySpan<int> members)
    {
        using IDisposable none = no_grad();
        return Forward(weights.Fixed, input, members);
    }

    /// <inheritdoc/>
    public Tensor Run(FlatParameters weights, Tensor input)
    {
        _leaf = weights.Leaf;
        _input = input.detach().requires_grad_();
        _values = Forward(_leaf, _input, _all);
        return _values;
    }

    /// <inheritdoc/>
    public Tensor WeightGradient(Tensor slope) =>
        autograd.grad([_values!], [_leaf!], [slope])[0];

    /// <inheritdoc/>
    public Tensor InputGradient(Tensor slope) =>
        autograd.grad([_values!], [_input!], [slope])[0];

    /// <inheritdoc/>
    public void Dispose()
    {
        // Tensors of a run belong to the scope of its caller.
    }

    private Tensor Forward(Tensor flat, Tensor input, ReadOnlySpan<int> members)
    {
        using DisposeScope scope = NewDisposeScope();
        NetworkShape shape = Layout.Shape;
        Tensor[] parts = flat.split(_sizes);
        Tensor? choice = members.Length == shape.MemberCount
            ? null
            : tensor(Widen(members), device: flat.device);
        Tensor units = input.unsqueeze(0).expand(members.Length, -1, -1);
        int block = 0;
        for (int layer = 0; layer <= shape.HiddenLayerCount; layer++)
        {
            Tensor weight = Part(block++);
            Tensor bias = Part(block++).unsqueeze(1);
            if (bias.shape[2] == weight.shape[2])
            {
                // The binding passes its arguments in another order than Python's: this is
                // bias + units · weight, and a test holds it to that.
                units = units.baddbmm(weight, bias);
            }
            else
            {
                units = units.bmm(weight).add_(bias);
            }

            if (layer < shape.HiddenLayerCount)
            {
                if (shape.LayerNormalised)
                {
                    units = nn.functional.layer_norm(units, [shape.HiddenCount]);
                    units = units * Part(block++).unsqueeze(1) + Part(block++).unsqueeze(1);
                }

                units = units.relu();
            }
        }

        return units.squeeze(2).MoveToOuterDisposeScope();

        Tensor Part(int index)
        {
            NetworkBlock part = Layout.Blocks[index];
            Tensor all = parts[index].view(part.Shape);
            return choice is null || part.Shape[0] == 1 ? all : all.index_select(0, choice);
        }
    }

    private static long[] Widen(ReadOnlySpan<int> members)
    {
        long[] wide = new long[members.Length];
        for (int i = 0; i < wide.Length; i++)
        {
            wide[i] = members[i];
        }

        return wide;
    }
}
