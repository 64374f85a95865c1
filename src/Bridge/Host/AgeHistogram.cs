using System.Numerics;

namespace HilRig.Bridge.Host;

/// <summary>
/// How old values were when they were taken: eight buckets an octave from 1 µs to half an hour, so
/// a figure is within 13 %. One thread records; any thread reads; recording allocates nothing.
/// </summary>
internal sealed class AgeHistogram
{
    private const int LowestExponent = 10;
    private const int HighestExponent = 40;
    private const int PerOctaveBits = 3;
    private readonly long[] _counts =
        new long[(HighestExponent - LowestExponent + 1) << PerOctaveBits];

    private long _maxNanoseconds;

    /// <summary>Notes one age; ages below 1 µs, also negative ones, count as 1 µs.</summary>
    /// <param name="nanoseconds">The age, ns.</param>
    public void Record(long nanoseconds)
    {
        long age = Math.Clamp(
            nanoseconds, 1L << LowestExponent, (1L << (HighestExponent + 1)) - 1);
        int exponent = BitOperations.Log2((ulong)age);
        long part = (age >> (exponent - PerOctaveBits)) & ((1 << PerOctaveBits) - 1);
        ref long count = ref _counts[((exponent - LowestExponent) << PerOctaveBits) + part];
        Volatile.Write(ref count, count + 1);
        if (nanoseconds > _maxNanoseconds)
        {
            Volatile.Write(ref _maxNanoseconds, nanoseconds);
        }
    }

    /// <summary>What was recorded so far. Allocates.</summary>
    public AgeFigures Figures()
    {
        long[] counts = [.. _counts];
        long total = 0;
        foreach (long count in counts)
        {
            total += count;
        }

        return new AgeFigures(
            total,
            At(counts, total, 0.5),
            At(counts, total, 0.99),
            total == 0 ? 0 : Volatile.Read(ref _maxNanoseconds));
    }

    // The upper end of the bucket that holds the share.
    private static long At(long[] counts, long total, double share)
    {
        long rank = Math.Max(1, (long)Math.Ceiling(share * total));
        long seen = 0;
        for (int i = 0; i < counts.Length && total > 0; i++)
        {
            seen += counts[i];
            if (seen >= rank)
            {
                int exponent = LowestExponent + (i >> PerOctaveBits);
                long part = i & ((1 << PerOctaveBits) - 1);
                return (1L << exponent) + ((part + 1) << (exponent - PerOctaveBits));
            }
        }

        return 0;
    }
}
