namespace HilRig.Core.Sampling;

/// <summary>
/// Random numbers by index: the value depends on seed, stream and counter only, so the order of the
/// draws does not matter. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
/// <param name="seed">Seed of the run or the rig.</param>
/// <param name="stream">What the numbers are for; streams are independent.</param>
public readonly struct CounterRandom(ulong seed, ulong stream)
{
    private readonly ulong _key = Mix(seed + (0x9E3779B97F4A7C15UL * (stream + 1)));

    /// <summary>64 random bits.</summary>
    /// <param name="counter">Number of the draw.</param>
    public ulong Bits(ulong counter) => Mix(_key + (0x9E3779B97F4A7C15UL * (counter + 1)));

    /// <summary>Uniform in [−1, 1).</summary>
    /// <param name="counter">Number of the draw.</param>
    public double Symmetric(ulong counter) => ((Bits(counter) >> 11) * (2.0 / (1UL << 53))) - 1;

    /// <summary>Uniform in [0, 1).</summary>
    /// <param name="counter">Number of the draw.</param>
    public double Unit(ulong counter) => (Bits(counter) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
