using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Optimization;

/// <summary>
/// Adam (Kingma and Ba 2015, algorithm 1, β₁ = 0.9, β₂ = 0.999, ε = 1e-8) and the soft update of a
/// target network, θ' += τ (θ − θ'), in one pass over memory. No weight decay.
/// </summary>
internal sealed class FusedAdam
{
    private const double FirstDecay = 0.9;
    private const double SecondDecay = 0.999;
    private const float Epsilon = 1e-8f;

    private readonly float[] _first;
    private readonly float[] _second;
    private readonly long[] _step = new long[1];

    /// <summary>Makes an optimiser at step zero.</summary>
    /// <param name="count">Numbers that it moves.</param>
    /// <param name="learningRate">Size of a step.</param>
    public FusedAdam(int count, double learningRate)
    {
        _first = new float[count];
        _second = new float[count];
        LearningRate = learningRate;
    }

    /// <summary>Size of a step.</summary>
    public double LearningRate { get; }

    /// <summary>Its state, to be stored.</summary>
    /// <param name="owner">Name of the network.</param>
    public IEnumerable<AgentPart> Parts(string owner) =>
    [
        AgentPart.Of<float>($"{owner}.adam.first", _first),
        AgentPart.Of<float>($"{owner}.adam.second", _second),
        AgentPart.Of<long>($"{owner}.adam.step", _step),
    ];

    /// <summary>Makes one step.</summary>
    /// <param name="weights">Moved. Shape [parameter].</param>
    /// <param name="gradient">Shape [parameter].</param>
    /// <param name="gradientScale">Factor of the gradient, such as of a limit of its norm.</param>
    /// <param name="target">Moved after the weights; empty for none. Shape [parameter].</param>
    /// <param name="targetRate">τ of the soft update.</param>
    public void Step(
        Span<float> weights,
        ReadOnlySpan<float> gradient,
        float gradientScale,
        Span<float> target,
        float targetRate)
    {
        long step = ++_step[0];
        double firstCorrection = 1 - Math.Pow(FirstDecay, step);
        double secondCorrection = 1 - Math.Pow(SecondDecay, step);
        var rates = new Rates(
            (float)(LearningRate / firstCorrection),
            (float)(1 / Math.Sqrt(secondCorrection)),
            gradientScale,
            targetRate);
        int done = Vectors(weights, gradient, target, rates);
        for (int i = done; i < weights.Length; i++)
        {
            float slope = gradient[i] * gradientScale;
            _first[i] += (slope - _first[i]) * (float)(1 - FirstDecay);
            _second[i] = (_second[i] * (float)SecondDecay)
                + (slope * slope * (float)(1 - SecondDecay));
            float root = (MathF.Sqrt(_second[i]) * rates.InverseSecond) + Epsilon;
            weights[i] -= rates.Step * (_first[i] / root);
            if (!target.IsEmpty)
            {
                target[i] += (weights[i] - target[i]) * targetRate;
            }
        }
    }

    private int Vectors(
        Span<float> weights, ReadOnlySpan<float> gradient, Span<float> target, Rates rates)
    {
        int width = Vector256<float>.Count;
        int end = weights.Length / width * width;
        ref float weightStart = ref MemoryMarshal.GetReference(weights);
        ref float gradientStart = ref MemoryMarshal.GetReference(gradient);
        ref float targetStart = ref MemoryMarshal.GetReference(target);
        ref float firstStart = ref MemoryMarshal.GetArrayDataReference(_first);
        ref float secondStart = ref MemoryMarshal.GetArrayDataReference(_second);
        bool follows = !target.IsEmpty;
        for (nuint i = 0; i < (nuint)end; i += (nuint)width)
        {
            Vector256<float> slope =
                Vector256.LoadUnsafe(ref gradientStart, i) * rates.GradientScale;
            Vector256<float> first = Vector256.LoadUnsafe(ref firstStart, i);
            first += (slope - first) * (float)(1 - FirstDecay);
            Vector256<float> second =
                (Vector256.LoadUnsafe(ref secondStart, i) * (float)SecondDecay)
                + (slope * slope * (float)(1 - SecondDecay));
            Vector256<float> root = (Vector256.Sqrt(second) * rates.InverseSecond)
                + Vector256.Create(Epsilon);
            Vector256<float> weight = Vector256.LoadUnsafe(ref weightStart, i)
                - (first / root * rates.Step);
            first.StoreUnsafe(ref firstStart, i);
            second.StoreUnsafe(ref secondStart, i);
            weight.StoreUnsafe(ref weightStart, i);
            if (follows)
            {
                Vector256<float> behind = Vector256.LoadUnsafe(ref targetStart, i);
                (behind + ((weight - behind) * rates.Target)).StoreUnsafe(ref targetStart, i);
            }
        }

        return end;
    }

    private readonly record struct Rates(
        float Step, float InverseSecond, float GradientScale, float Target);
}
