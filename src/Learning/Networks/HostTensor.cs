using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>Between tensors and the host's memory.</summary>
internal static class HostTensor
{
    /// <summary>The numbers of a tensor: its own memory on the processor, else a copy.</summary>
    /// <param name="tensor">Of floats, row by row.</param>
    public static Span<float> Floats(this Tensor tensor)
    {
        Tensor host = tensor.device_type == DeviceType.CPU ? tensor : tensor.cpu();
        return MemoryMarshal.Cast<byte, float>(host.contiguous().bytes);
    }

    /// <summary>Puts a tensor of the host where the networks are.</summary>
    /// <param name="tensor">Of the host.</param>
    /// <param name="device">Where the networks are.</param>
    public static Tensor At(this Tensor tensor, Device device) =>
        device.type == DeviceType.CPU ? tensor : tensor.to(device);

    /// <summary>Rows of inputs of a critic: features and action side by side.</summary>
    /// <param name="features">Shape [row, feature].</param>
    /// <param name="actions">Shape [row, action].</param>
    /// <param name="rows">Receives them. Shape [row, feature + action].</param>
    /// <param name="rowCount">Rows.</param>
    public static void Join(
        ReadOnlySpan<float> features, ReadOnlySpan<float> actions, Span<float> rows, int rowCount)
    {
        int featureCount = features.Length / rowCount;
        int actionCount = actions.Length / rowCount;
        int width = featureCount + actionCount;
        for (int row = 0; row < rowCount; row++)
        {
            features.Slice(row * featureCount, featureCount).CopyTo(rows[(row * width)..]);
            actions.Slice(row * actionCount, actionCount)
                .CopyTo(rows[((row * width) + featureCount)..]);
        }
    }
}
