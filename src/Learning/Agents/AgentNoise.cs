using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using HilRig.Core.Sampling;

namespace HilRig.Learning.Agents;

/// <summary>
/// Chance of an agent: two numbers say where it is, so that a snapshot holds it.
/// </summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="state">Stream, and numbers drawn of it. Shape [2].</param>
internal sealed class AgentNoise(ulong seed, Memory<ulong> state)
{
    private const int DrawsAtOnce = 256;

    /// <summary>Goes to the begin of a stream.</summary>
    /// <param name="stream">What the numbers are for.</param>
    public void Begin(ulong stream)
    {
        state.Span[0] = stream;
        state.Span[1] = 0;
    }

    /// <summary>Fills with normal numbers, cut at a magnitude (Box and Muller 1958).</summary>
    /// <param name="values">Receives them.</param>
    /// <param name="deviation">Standard deviation.</param>
    /// <param name="limit">Largest magnitude; infinite for none.</param>
    public void FillNormal(Span<float> values, double deviation, double limit)
    {
        ulong at = Advance(2 * ((values.Length + 1) / 2), out CounterRandom random);
        for (int i = 0; i < values.Length; i += 2)
        {
            double radius = deviation * Math.Sqrt(-2 * Math.Log(1 - random.Unit(at + (ulong)i)));
            (double sine, double cosine) =
                Math.SinCos(2 * Math.PI * random.Unit(at + (ulong)i + 1));
            values[i] = (float)Math.Clamp(radius * cosine, -limit, limit);
            if (i + 1 < values.Length)
            {
                values[i + 1] = (float)Math.Clamp(radius * sine, -limit, limit);
            }
        }
    }

    /// <summary>Fills with uniform numbers in [low, low + 1).</summary>
    /// <param name="values">Receives them.</param>
    public void FillUnit(Span<float> values)
    {
        ulong at = Advance(values.Length, out CounterRandom random);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Unit(at + (ulong)i);
        }
    }

    /// <summary>Fills with uniform numbers in [−1, 1).</summary>
    /// <param name="values">Receives them.</param>
    public void FillSymmetric(Span<float> values)
    {
        ulong at = Advance(values.Length, out CounterRandom random);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)random.Symmetric(at + (ulong)i);
        }
    }

    /// <summary>Fills with a dropout mask: 0 with a probability p, else 1/(1 − p).</summary>
    /// <param name="mask">Receives it.</param>
    /// <param name="rate">Probability of a zero, to 1/65536.</param>
    public void FillMask(Span<float> mask, double rate)
    {
        ulong at = Advance((mask.Length + 3) / 4, out CounterRandom random);
        uint threshold = (uint)Math.Min(Math.Round(rate * 65536), ushort.MaxValue);
        float kept = (float)(1 / (1 - rate));
        Span<ulong> bits = stackalloc ulong[DrawsAtOnce];
        for (int done = 0; done < mask.Length; done += 4 * DrawsAtOnce)
        {
            random.FillBits(at + (ulong)(done / 4), bits);
            ReadOnlySpan<ushort> parts = MemoryMarshal.Cast<ulong, ushort>(bits);
            int count = Math.Min(parts.Length, mask.Length - done);
            Select(parts[..count], mask.Slice(done, count), (ushort)threshold, kept);
        }
    }

    /// <summary>Draws distinct numbers: a random subset of the critics.</summary>
    /// <param name="chosen">Receives them, in the order drawn.</param>
    /// <param name="count">They are below it.</param>
    public void FillSubset(Span<int> chosen, int count)
    {
        Span<int> all = stackalloc int[count];
        for (int i = 0; i < count; i++)
        {
            all[i] = i;
        }

        ulong at = Advance(chosen.Length, out CounterRandom random);
        for (int i = 0; i < chosen.Length; i++)
        {
            int pick = i + (int)(random.Unit(at + (ulong)i) * (count - i));
            (all[i], all[pick]) = (all[pick], all[i]);
            chosen[i] = all[i];
        }
    }

    private static void Select(
        ReadOnlySpan<ushort> parts, Span<float> mask, ushort threshold, float kept)
    {
        int end = parts.Length / Vector512<ushort>.Count * Vector512<ushort>.Count;
        var limit = Vector512.Create((uint)threshold);
        var value = Vector512.Create(kept);
        for (int i = 0; i < end; i += Vector512<ushort>.Count)
        {
            (Vector512<uint> lower, Vector512<uint> upper) =
                Vector512.Widen(Vector512.Create(parts[i..]));
            (Vector512.GreaterThanOrEqual(lower, limit).AsSingle() & value).CopyTo(mask[i..]);
            (Vector512.GreaterThanOrEqual(upper, limit).AsSingle() & value)
                .CopyTo(mask[(i + Vector512<uint>.Count)..]);
        }

        for (int i = end; i < parts.Length; i++)
        {
            mask[i] = parts[i] < threshold ? 0 : kept;
        }
    }

    private ulong Advance(int count, out CounterRandom random)
    {
        random = new(seed, state.Span[0]);
        ulong at = state.Span[1];
        state.Span[1] = at + (ulong)count;
        return at;
    }
}
