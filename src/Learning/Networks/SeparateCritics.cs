using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// Critics one after the other, each with products of its own: the faster form on a processor.
/// </summary>
internal sealed class SeparateCritics : ICriticEnsemble
{
    private readonly long[] _sizes;
    private readonly int[] _firstOfBlock;

    /// <summary>Makes the ensemble for a layout.</summary>
    /// <param name="layout">Where each layer lies.</param>
    public SeparateCritics(NetworkLayout layout)
    {
        Layout = layout;
        var sizes = new List<long>();
        _firstOfBlock = new int[layout.Blocks.Count];
        for (int i = 0; i < layout.Blocks.Count; i++)
        {
            NetworkBlock block = layout.Blocks[i];
            _firstOfBlock[i] = sizes.Count;
            for (long member = 0; member < block.Shape[0]; member++)
            {
                sizes.Add(block.Count / block.Shape[0]);
            }
        }

        _sizes = [.. sizes];
    }

    /// <inheritdoc/>
    public NetworkLayout Layout { get; }

    /// <inheritdoc/>
    public Tensor Forward(Tensor flat, Tensor input, ReadOnlySpan<int> members)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = flat.split(_sizes);
        var values = new Tensor[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            values[i] = ForwardOne(parts, input, members[i]);
        }

        return cat(values, 0).view(members.Length, input.shape[0]).MoveToOuterDisposeScope();
    }

    private Tensor ForwardOne(Tensor[] parts, Tensor input, int member)
    {
        NetworkShape shape = Layout.Shape;
        Tensor units = input;
        int block = 0;
        for (int layer = 0; layer <= shape.HiddenLayerCount; layer++)
        {
            Tensor weight = Part(block++).view(shape.InputsOf(layer), shape.OutputsOf(layer));
            units = addmm(Part(block++), units, weight, 1, 1);
            if (layer < shape.HiddenLayerCount)
            {
                if (shape.LayerNormalised)
                {
                    units = nn.functional.layer_norm(
                        units, [shape.HiddenCount], Part(block++), Part(block++));
                }

                units = units.relu();
            }
        }

        return units;

        Tensor Part(int index)
        {
            int owner = Layout.Blocks[index].Shape[0] == 1 ? 0 : member;
            return parts[_firstOfBlock[index] + owner];
        }
    }
}
