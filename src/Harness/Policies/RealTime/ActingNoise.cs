using HilRig.Core.Sampling;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>Random numbers of one episode, by step and not by order.</summary>
/// <param name="mode">Seed and episode.</param>
internal readonly struct ActingNoise(ActingMode mode)
{
    /// <summary>Just inside ±1, where tanh never is.</summary>
    private const float Edge = 1 - 1e-6f;

    private readonly CounterRandom _noise = new(mode.Seed, 2 * mode.Episode);
    private readonly CounterRandom _choice = new(mode.Seed, (2 * mode.Episode) + 1);
    private readonly ActingMode _mode = mode;

    /// <summary>Whether the actor acts in this step.</summary>
    /// <param name="step">Number of the step.</param>
    /// <param name="value">The actor's value.</param>
    /// <param name="bar">What it is measured by: the imitation's value and the margin.</param>
    internal bool Chooses(int step, float value, float bar)
    {
        if (float.IsPositiveInfinity(_mode.SelectionSharpness))
        {
            return value >= bar;
        }

        double gap = (double)value - bar;
        double probability = 1 / (1 + Math.Exp(-_mode.SelectionSharpness * gap));
        return _choice.Unit((ulong)step) < probability;
    }

    /// <summary>Adds normal noise to the actor's action (Box and Muller 1958).</summary>
    /// <param name="step">Number of the step.</param>
    /// <param name="action">The action. Shape [action].</param>
    internal void Add(int step, Span<float> action)
    {
        if (_mode.NoiseStandardDeviation == 0)
        {
            return;
        }

        ulong counter = (ulong)step * 2 * (ulong)action.Length;
        for (int i = 0; i < action.Length; i++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - _noise.Unit(counter++)));
            double normal = radius * Math.Cos(2 * Math.PI * _noise.Unit(counter++));
            float noisy = action[i] + (float)(_mode.NoiseStandardDeviation * normal);
            action[i] = Math.Clamp(noisy, -Edge, Edge);
        }
    }
}
