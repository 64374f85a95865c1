namespace HilRig.Harness.Policies;

/// <summary>How a policy acts: as well as it can, or so that there is something to learn.</summary>
/// <param name="NoiseStandardDeviation">
/// Of the normal noise added to the actor's proposal, 0 for none. The noise is added after the
/// critics have valued the proposal without it.
/// </param>
/// <param name="SelectionSharpness">
/// β of the soft choice: the actor acts with probability 1 / (1 + exp(−β (q_rl − q_il − margin)));
/// ∞ is the greedy choice.
/// </param>
/// <param name="Seed">Seed of noise and choice.</param>
/// <param name="Episode">Number of the episode, so that each has its own noise.</param>
public readonly record struct ActingMode(
    float NoiseStandardDeviation, float SelectionSharpness, ulong Seed, ulong Episode)
{
    /// <summary>The better proposal, without noise.</summary>
    public static ActingMode Greedy { get; } = new(0, float.PositiveInfinity, 0, 0);
}
