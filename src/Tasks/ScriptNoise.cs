using HilRig.Core.Sampling;

namespace HilRig.Tasks;

/// <summary>
/// Imperfections of a scripted demonstrator, by seed and episode: normal deviates (Box and Muller
/// 1958) of the steps, and uniform numbers of the episode.
/// </summary>
internal struct ScriptNoise
{
    private readonly CounterRandom _random;
    private ulong _count;

    /// <summary>Begins an episode.</summary>
    /// <param name="seed">Seed of the imperfections.</param>
    /// <param name="index">Index of the episode.</param>
    public ScriptNoise(ulong seed, long index)
    {
        // The episode is the stream; the task's starts draw from low streams.
        _random = new CounterRandom(seed ^ 0x5C41_97ED_0000_0000, (ulong)index);
        _count = 0;
    }

    /// <summary>Uniform in [−1, 1).</summary>
    public double Symmetric() => _random.Symmetric(_count++);

    /// <summary>Adds normal noise to an action and cuts it to [−1, 1].</summary>
    /// <param name="action">Shape [action].</param>
    /// <param name="deviation">Standard deviation.</param>
    public void Disturb(Span<float> action, double deviation)
    {
        for (int k = 0; k < action.Length; k++)
        {
            double radius = Math.Sqrt(-2 * Math.Log(1 - _random.Unit(_count++)));
            double normal = radius * Math.Cos(Math.Tau * _random.Unit(_count++));
            action[k] = (float)Math.Clamp(action[k] + (deviation * normal), -1, 1);
        }
    }
}
