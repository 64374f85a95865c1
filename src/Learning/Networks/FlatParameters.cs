using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// All weights of a network in one leaf tensor: one optimiser step, one soft update, one blob to
/// store. They live in the host's memory; on another device the tensors are a copy.
/// </summary>
internal sealed class FlatParameters : IDisposable
{
    private readonly Tensor _host;
    private readonly Tensor?[][] _parts;

    /// <summary>Makes weights, all zero.</summary>
    /// <param name="layout">Where each layer lies.</param>
    /// <param name="device">Where the network computes.</param>
    /// <param name="trained">Whether gradients are taken of them.</param>
    public FlatParameters(NetworkLayout layout, Device device, bool trained)
    {
        TorchThreads.Require();
        Layout = layout;
        _host = zeros(layout.Count).DetachFromDisposeScope();
        Fixed = _host.to(device).alias().DetachFromDisposeScope();
        Leaf = Fixed.detach().DetachFromDisposeScope();
        Leaf.requires_grad = trained;
        _parts = [.. layout.Blocks.Select(block => new Tensor?[block.Shape[0]])];
    }

    /// <summary>Where each layer lies.</summary>
    public NetworkLayout Layout { get; }

    /// <summary>The weights, of which gradients are taken. Shape [parameter].</summary>
    public Tensor Leaf { get; }

    /// <summary>The same memory, of which no gradient is taken. Shape [parameter].</summary>
    public Tensor Fixed { get; }

    /// <summary>The weights; whoever writes here calls <see cref="Publish"/>. Shape [parameter].
    /// </summary>
    public Span<float> Values => MemoryMarshal.Cast<byte, float>(_host.bytes);

    /// <summary>Brings written weights to where the network computes.</summary>
    public void Publish()
    {
        if (Fixed.device_type != DeviceType.CPU)
        {
            using IDisposable none = no_grad();
            Fixed.copy_(_host);
        }
    }

    /// <summary>Takes over the weights of another network of the same layout.</summary>
    public void CopyFrom(FlatParameters other)
    {
        other.Values.CopyTo(Values);
        Publish();
    }

    /// <summary>One array of the weights.</summary>
    /// <param name="block">A block of the layout.</param>
    /// <param name="member">Which of an ensemble; of a shared array the only one.</param>
    /// <returns>Of a weight [in, out], else [out] or one number.</returns>
    public ReadOnlySpan<float> Read(NetworkBlock block, int member)
    {
        int count = block.Count / (int)block.Shape[0];
        int owner = block.Shape[0] == 1 ? 0 : member;
        return Values.Slice(block.Offset + (owner * count), count);
    }

    /// <summary>One array of the weights as a view, of which no gradient is taken.</summary>
    /// <param name="block">Index of a block of the layout.</param>
    /// <param name="member">Which of an ensemble; of a shared array the only one.</param>
    /// <returns>Of a weight [in, out], else [out] or [1].</returns>
    public Tensor Part(int block, int member)
    {
        Tensor?[] owners = _parts[block];
        int owner = owners.Length == 1 ? 0 : member;
        return owners[owner] ??= View(Fixed, Layout.Blocks[block], owner);
    }

    /// <summary>A view of one array in a flat tensor of this layout, kept until disposed.</summary>
    public static Tensor View(Tensor flat, NetworkBlock block, int owner)
    {
        long count = block.Count / block.Shape[0];
        return flat.narrow(0, block.Offset + (owner * count), count)
            .view(block.Shape[1..])
            .DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor? part in _parts.SelectMany(owners => owners))
        {
            part?.Dispose();
        }

        Leaf.Dispose();
        Fixed.Dispose();
        _host.Dispose();
    }
}
