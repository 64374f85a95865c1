using System.Numerics.Tensors;

namespace HilRig.Learning.Networks;

/// <summary>The last layer of a critic: one number of each row.</summary>
internal static class CriticHead
{
    /// <summary>value = h · weight + bias.</summary>
    /// <param name="units">h. Shape [row, unit].</param>
    /// <param name="weight">Shape [unit].</param>
    /// <param name="bias">One number.</param>
    /// <param name="values">Receives them. Shape [row].</param>
    public static void Forward(
        ReadOnlySpan<float> units, ReadOnlySpan<float> weight, float bias, Span<float> values)
    {
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = bias + TensorPrimitives.Dot(
                units.Slice(row * weight.Length, weight.Length), weight);
        }
    }

    /// <summary>dh = slope · weight.</summary>
    /// <param name="rows">Which rows of the slopes.</param>
    /// <param name="slopes">d loss / d value. Shape [row].</param>
    /// <param name="weight">Shape [unit].</param>
    /// <param name="units">Receives dh. Shape [row of the choice, unit].</param>
    public static void Backward(
        ReadOnlySpan<int> rows,
        ReadOnlySpan<float> slopes,
        ReadOnlySpan<float> weight,
        Span<float> units)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            TensorPrimitives.Multiply(
                weight, slopes[rows[i]], units.Slice(i * weight.Length, weight.Length));
        }
    }

    /// <summary>d weight = Σ slope · h; d bias = Σ slope.</summary>
    /// <param name="units">h. Shape [row, unit].</param>
    /// <param name="slopes">d loss / d value. Shape [row].</param>
    /// <param name="weightGradient">Added to. Shape [unit].</param>
    /// <param name="biasGradient">Added to. One number.</param>
    public static void AddGradient(
        ReadOnlySpan<float> units,
        ReadOnlySpan<float> slopes,
        Span<float> weightGradient,
        Span<float> biasGradient)
    {
        int count = weightGradient.Length;
        for (int row = 0; row < slopes.Length; row++)
        {
            TensorPrimitives.MultiplyAdd(
                units.Slice(row * count, count), slopes[row], weightGradient, weightGradient);
            biasGradient[0] += slopes[row];
        }
    }
}
