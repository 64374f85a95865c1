using System.Numerics.Tensors;

namespace HilRig.Learning.Optimization;

/// <summary>Length of a gradient.</summary>
internal static class GradientNorm
{
    /// <summary>Euclidean length; not finite where one number is not.</summary>
    /// <param name="gradient">Shape [parameter].</param>
    public static float Of(ReadOnlySpan<float> gradient) => TensorPrimitives.Norm(gradient);

    /// <summary>Factor that brings a gradient to a largest length.</summary>
    /// <param name="norm">Its length.</param>
    /// <param name="largest">Largest length; infinite for no limit.</param>
    public static float Scale(float norm, double largest) =>
        norm > largest ? (float)(largest / (norm + 1e-6)) : 1;
}
