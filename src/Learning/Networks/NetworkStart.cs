using HilRig.Core.Sampling;

namespace HilRig.Learning.Networks;

/// <summary>First weights of a network.</summary>
internal static class NetworkStart
{
    /// <summary>
    /// Draws linear layers uniformly within ±1/√(inputs), as PyTorch's Linear does (He et al. 2015
    /// with a = √5); gains are one, shifts zero.
    /// </summary>
    /// <param name="layout">Where each layer lies.</param>
    /// <param name="random">Where the numbers come from.</param>
    /// <returns>The weights. Shape [parameter].</returns>
    public static float[] Draw(NetworkLayout layout, CounterRandom random)
    {
        float[] weights = new float[layout.Count];
        foreach (NetworkBlock block in layout.Blocks)
        {
            double bound = 1 / Math.Sqrt(block.FanIn);
            for (int i = block.Offset; i < block.Offset + block.Count; i++)
            {
                weights[i] = block.Kind switch
                {
                    BlockKind.Gain => 1,
                    BlockKind.Shift => 0,
                    BlockKind.Weight or BlockKind.Bias =>
                        (float)(bound * random.Symmetric((ulong)i)),
                };
            }
        }

        return weights;
    }
}
