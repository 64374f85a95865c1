using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HilRig.Learning.Networks;

/// <summary>
/// Bias, dropout and ReLU in one pass over memory, and their derivative. Units are a multiple of
/// <see cref="LayerNormRelu.Width"/>.
/// </summary>
internal static class DropoutRelu
{
    private const int Width = LayerNormRelu.Width;

    /// <summary>h = max(0, (product + bias) · mask).</summary>
    /// <param name="units">Products; becomes h. Shape [row, unit].</param>
    /// <param name="bias">Shape [unit].</param>
    /// <param name="mask">0 or 1/(1 − rate); empty for none. Shape [row, unit].</param>
    public static void Forward(
        Span<float> units, ReadOnlySpan<float> bias, ReadOnlySpan<float> mask)
    {
        ref float biasStart = ref MemoryMarshal.GetReference(bias);
        ref float maskStart = ref MemoryMarshal.GetReference(mask);
        ref float start = ref MemoryMarshal.GetReference(units);
        for (int row = 0; row < units.Length; row += bias.Length)
        {
            for (int i = 0; i < bias.Length; i += Width)
            {
                nuint at = (nuint)(row + i);
                Vector512<float> value = Vector512.LoadUnsafe(ref start, at)
                    + Vector512.LoadUnsafe(ref biasStart, (nuint)i);
                if (!mask.IsEmpty)
                {
                    value *= Vector512.LoadUnsafe(ref maskStart, at);
                }

                Vector512.Max(value, Vector512<float>.Zero).StoreUnsafe(ref start, at);
            }
        }
    }

    /// <summary>d product = dh · mask where h > 0, else 0; d bias += d product.</summary>
    /// <param name="slopes">dh; becomes d product. Shape [row, unit].</param>
    /// <param name="output">h. Shape [row, unit].</param>
    /// <param name="mask">As for <see cref="Forward"/>.</param>
    /// <param name="biasGradient">Added to. Shape [unit].</param>
    public static void Backward(
        Span<float> slopes,
        ReadOnlySpan<float> output,
        ReadOnlySpan<float> mask,
        Span<float> biasGradient)
    {
        ref float start = ref MemoryMarshal.GetReference(slopes);
        ref float outputStart = ref MemoryMarshal.GetReference(output);
        ref float maskStart = ref MemoryMarshal.GetReference(mask);
        ref float sum = ref MemoryMarshal.GetReference(biasGradient);
        int count = biasGradient.Length;
        for (int row = 0; row < slopes.Length; row += count)
        {
            for (int i = 0; i < count; i += Width)
            {
                nuint at = (nuint)(row + i);
                Vector512<float> value = Vector512.LoadUnsafe(ref start, at)
                    & Vector512.GreaterThan(
                        Vector512.LoadUnsafe(ref outputStart, at), Vector512<float>.Zero);
                if (!mask.IsEmpty)
                {
                    value *= Vector512.LoadUnsafe(ref maskStart, at);
                }

                value.StoreUnsafe(ref start, at);
                (Vector512.LoadUnsafe(ref sum, (nuint)i) + value)
                    .StoreUnsafe(ref sum, (nuint)i);
            }
        }
    }
}
