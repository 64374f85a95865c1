using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace HilRig.Learning.Networks;

/// <summary>
/// Bias, layer normalisation (Ba et al. 2016, ε = 1e-5) and ReLU in one pass over memory, and their
/// derivative. Units are a multiple of <see cref="Width"/>.
/// </summary>
internal static class LayerNormRelu
{
    /// <summary>Numbers that are computed at once.</summary>
    public const int Width = 16;

    private const float Epsilon = 1e-5f;

    /// <summary>
    /// z = product + bias; x = (z − mean z) / √(var z + ε); h = max(0, gain · x + shift).
    /// </summary>
    /// <param name="units">Products; becomes x. Shape [row, unit].</param>
    /// <param name="layer">Bias, gain and shift.</param>
    /// <param name="scales">Receives 1/√(var + ε). Shape [row].</param>
    /// <param name="output">Receives h; may be the memory of the products. Shape [row, unit].
    /// </param>
    public static void Forward(
        Span<float> units, in NormalisedLayer layer, Span<float> scales, Span<float> output)
    {
        int count = layer.Gain.Length;
        ref float bias = ref MemoryMarshal.GetReference(layer.Bias);
        ref float gain = ref MemoryMarshal.GetReference(layer.Gain);
        ref float shift = ref MemoryMarshal.GetReference(layer.Shift);
        for (int row = 0; row < scales.Length; row++)
        {
            ref float unit = ref MemoryMarshal.GetReference(units.Slice(row * count, count));
            ref float result = ref MemoryMarshal.GetReference(output.Slice(row * count, count));
            Vector512<float> sum = default;
            for (nuint i = 0; i < (nuint)count; i += Width)
            {
                Vector512<float> value =
                    Vector512.LoadUnsafe(ref unit, i) + Vector512.LoadUnsafe(ref bias, i);
                value.StoreUnsafe(ref unit, i);
                sum += value;
            }

            var mean = Vector512.Create(Vector512.Sum(sum) / count);
            Vector512<float> squares = default;
            for (nuint i = 0; i < (nuint)count; i += Width)
            {
                Vector512<float> distance = Vector512.LoadUnsafe(ref unit, i) - mean;
                squares += distance * distance;
            }

            float scale = 1 / MathF.Sqrt((Vector512.Sum(squares) / count) + Epsilon);
            scales[row] = scale;
            for (nuint i = 0; i < (nuint)count; i += Width)
            {
                Vector512<float> value = (Vector512.LoadUnsafe(ref unit, i) - mean) * scale;
                value.StoreUnsafe(ref unit, i);
                Vector512<float> line = (value * Vector512.LoadUnsafe(ref gain, i))
                    + Vector512.LoadUnsafe(ref shift, i);
                Vector512.Max(line, Vector512<float>.Zero).StoreUnsafe(ref result, i);
            }
        }
    }

    /// <summary>
    /// With y = gain · x + shift and dy = dh where h > 0: d gain += dy · x, d shift += dy,
    /// dx = dy · gain, dz = (dx − mean dx − x · mean(dx · x)) / √(var + ε), d bias += dz.
    /// </summary>
    /// <param name="rows">Which rows of x and h; the slopes hold these alone.</param>
    /// <param name="pass">What <see cref="Forward"/> left.</param>
    /// <param name="gain">Gain of the layer. Shape [unit].</param>
    /// <param name="slopes">dh; becomes dz. Shape [row of the choice, unit].</param>
    /// <param name="gradient">Sums of the gradients of bias, gain and shift.</param>
    public static void Backward(
        ReadOnlySpan<int> rows,
        in NormalisedPass pass,
        ReadOnlySpan<float> gain,
        Span<float> slopes,
        in NormalisedGradient gradient)
    {
        int count = gain.Length;
        ref float gainStart = ref MemoryMarshal.GetReference(gain);
        ref float biasSum = ref MemoryMarshal.GetReference(gradient.Bias);
        ref float gainSum = ref MemoryMarshal.GetReference(gradient.Gain);
        ref float shiftSum = ref MemoryMarshal.GetReference(gradient.Shift);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i] * count;
            ref float unit = ref MemoryMarshal.GetReference(pass.Units.Slice(row, count));
            ref float output = ref MemoryMarshal.GetReference(pass.Output.Slice(row, count));
            ref float slope = ref MemoryMarshal.GetReference(slopes.Slice(i * count, count));
            Vector512<float> sum = default;
            Vector512<float> product = default;
            for (nuint at = 0; at < (nuint)count; at += Width)
            {
                Vector512<float> value = Vector512.LoadUnsafe(ref unit, at);
                Vector512<float> passed = Vector512.LoadUnsafe(ref slope, at)
                    & Vector512.GreaterThan(
                        Vector512.LoadUnsafe(ref output, at), Vector512<float>.Zero);
                Add(ref gainSum, at, passed * value);
                Add(ref shiftSum, at, passed);
                passed *= Vector512.LoadUnsafe(ref gainStart, at);
                passed.StoreUnsafe(ref slope, at);
                sum += passed;
                product += passed * value;
            }

            var mean = Vector512.Create(Vector512.Sum(sum) / count);
            var share = Vector512.Create(Vector512.Sum(product) / count);
            float scale = pass.Scales[rows[i]];
            for (nuint at = 0; at < (nuint)count; at += Width)
            {
                Vector512<float> value = (Vector512.LoadUnsafe(ref slope, at) - mean
                    - (Vector512.LoadUnsafe(ref unit, at) * share)) * scale;
                value.StoreUnsafe(ref slope, at);
                Add(ref biasSum, at, value);
            }
        }
    }

    private static void Add(ref float sum, nuint at, Vector512<float> value) =>
        (Vector512.LoadUnsafe(ref sum, at) + value).StoreUnsafe(ref sum, at);
}
