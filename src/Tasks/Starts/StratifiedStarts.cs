using HilRig.Core.Sampling;

namespace HilRig.Tasks.Starts;

/// <summary>
/// Start lists that are random yet even: in each aligned run of 2ⁿ indices every number falls once
/// into each of 2ⁿ equal parts of its range, and which part goes with which part of another number
/// is random. Van der Corput's sequence under nested uniform scrambling (Owen, "Randomly permuted
/// (t,m,s)-nets and (t,s)-sequences", 1995), first of its index and then of its value.
/// </summary>
public static class StratifiedStarts
{
    /// <summary>Distinct starts of a list; it repeats afterwards.</summary>
    public const long Count = 1L << BitCount;

    private const int BitCount = 32;

    /// <summary>Draws a start.</summary>
    /// <param name="seed">Seed of the list.</param>
    /// <param name="index">Index in the list.</param>
    /// <param name="channels">Middle (offset) and half range (scale) of each number.</param>
    /// <param name="start">Receives it. Shape [start].</param>
    public static void Draw(
        ulong seed, long index, IReadOnlyList<TaskChannel> channels, Span<double> start)
    {
        for (int k = 0; k < start.Length; k++)
        {
            uint place = Scramble((uint)index, new CounterRandom(seed, 2 * (ulong)k));
            uint value = Scramble(Reverse(place), new CounterRandom(seed, (2 * (ulong)k) + 1));
            double symmetric = (((double)value + 0.5) / (Count / 2)) - 1;
            start[k] = channels[k].Offset + (channels[k].Scale * symmetric);
        }
    }

    // Each bit is flipped or not by a draw that belongs to the bits above it.
    private static uint Scramble(uint value, CounterRandom random)
    {
        uint scrambled = 0;
        ulong node = 1;
        for (int bit = BitCount - 1; bit >= 0; bit--)
        {
            uint digit = (value >> bit) & 1;
            scrambled |= (digit ^ (uint)(random.Bits(node) & 1)) << bit;
            node = (node << 1) | digit;
        }

        return scrambled;
    }

    private static uint Reverse(uint value)
    {
        uint reversed = 0;
        for (int bit = 0; bit < BitCount; bit++)
        {
            reversed = (reversed << 1) | ((value >> bit) & 1);
        }

        return reversed;
    }
}
