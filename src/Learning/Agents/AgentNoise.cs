using HilRig.Core.Sampling;

namespace HilRig.Learning.Agents;

/// <summary>
/// Chance of an agent: two numbers say where it is, so that a snapshot holds it.
/// </summary>
/// <param name="seed">Seed of the run.</param>
/// <param name="state">Stream, and numbers drawn of it. Shape [2].</param>
internal sealed class AgentNoise(ulong seed, Memory<ulong> state)
{
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
        uint threshold = (uint)Math.Round(rate * 65536);
        float kept = (float)(1 / (1 - rate));
        for (int i = 0; i < mask.Length; i++)
        {
            ulong bits = random.Bits(at + (ulong)(i >> 2)) >> (16 * (i & 3));
            mask[i] = (bits & 0xFFFF) < threshold ? 0 : kept;
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

    private ulong Advance(int count, out CounterRandom random)
    {
        random = new(seed, state.Span[0]);
        ulong at = state.Span[1];
        state.Span[1] = at + (ulong)count;
        return at;
    }
}
