using System.Runtime.Intrinsics;

namespace HilRig.Core.Sampling;

/// <summary>
/// Random numbers by index: the value depends on seed, stream and counter only, so the order of the
/// draws does not matter. SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
/// <param name="seed">Seed of the run or the rig.</param>
/// <param name="stream">What the numbers are for; streams are independent.</param>
public readonly struct CounterRandom(ulong seed, ulong stream)
{
    private const ulong Increment = 0x9E3779B97F4A7C15UL;

    private readonly ulong _key = Mix(seed + (Increment * (stream + 1)));

    /// <summary>64 random bits.</summary>
    /// <param name="counter">Number of the draw.</param>
    public ulong Bits(ulong counter) => Mix(_key + (Increment * (counter + 1)));

    /// <summary>Many draws at once: the same numbers as <see cref="Bits"/>.</summary>
    /// <param name="counter">Number of the first draw.</param>
    /// <param name="bits">Receives them.</param>
    public void FillBits(ulong counter, Span<ulong> bits)
    {
        int width = Vector512<ulong>.Count;
        int end = bits.Length / width * width;
        Vector512<ulong> state = Vector512.Create(_key + (Increment * (counter + 1)))
            + (Vector512.CreateSequence(0UL, 1UL) * Increment);
        for (int i = 0; i < end; i += width)
        {
            Vector512<ulong> value = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9UL;
            value = (value ^ (value >>> 27)) * 0x94D049BB133111EBUL;
            (value ^ (value >>> 31)).CopyTo(bits[i..]);
            state += Vector512.Create(Increment * (ulong)width);
        }

        for (int i = end; i < bits.Length; i++)
        {
            bits[i] = Bits(counter + (ulong)i);
        }
    }

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
