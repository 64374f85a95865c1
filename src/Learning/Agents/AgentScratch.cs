using HilRig.Learning.Networks;
using static TorchSharp.torch;

namespace HilRig.Learning.Agents;

/// <summary>Random tensors of an update, made in the caller's dispose scope.</summary>
/// <param name="noise">Where the numbers come from.</param>
/// <param name="device">Where the networks are.</param>
internal sealed class AgentScratch(AgentNoise noise, Device device)
{
    private const float ActionMax = 1 - 1e-6f;

    /// <summary>Dropout of each hidden layer; null at rate 0.</summary>
    /// <param name="shape">The network.</param>
    /// <param name="rows">Rows of the batch.</param>
    /// <param name="rate">Probability of a zero.</param>
    /// <returns>Each of shape [row, hidden].</returns>
    public IReadOnlyList<Tensor>? Masks(NetworkShape shape, int rows, double rate)
    {
        if (rate == 0)
        {
            return null;
        }

        var masks = new Tensor[shape.HiddenLayerCount];
        for (int layer = 0; layer < masks.Length; layer++)
        {
            Tensor mask = empty(rows, shape.HiddenCount);
            noise.FillMask(mask.Floats(), rate);
            masks[layer] = mask.At(device);
        }

        return masks;
    }

    /// <summary>
    /// What noise and clamp add to actions: clamp(a + clip(N(0, σ²), ±limit), ±(1 − 1e-6)) − a.
    /// </summary>
    /// <param name="actions">Shape [row, action].</param>
    /// <param name="deviation">σ.</param>
    /// <param name="limit">Largest noise.</param>
    /// <param name="shift">Receives it. Shape [row, action].</param>
    public void FillShift(
        ReadOnlySpan<float> actions, double deviation, double limit, Span<float> shift)
    {
        noise.FillNormal(shift, deviation, limit);
        for (int i = 0; i < shift.Length; i++)
        {
            float moved = Math.Clamp(actions[i] + shift[i], -ActionMax, ActionMax);
            shift[i] = moved - actions[i];
        }
    }
}
