namespace HilRig.Harness.Measurements;

/// <summary>One signal over time; times strictly increase, no value is NaN.</summary>
/// <param name="TimeSeconds">Instants, s. Shape [sample].</param>
/// <param name="Values">Values. Shape [sample].</param>
internal sealed record SampledSignal(double[] TimeSeconds, double[] Values)
{
    /// <summary>Number of samples.</summary>
    internal int Count => Values.Length;

    /// <summary>
    /// Samples of two columns; those with a NaN or a time that does not grow are left out.
    /// </summary>
    internal static SampledSignal From(ReadOnlySpan<double> time, ReadOnlySpan<double> values)
    {
        var times = new List<double>(time.Length);
        var kept = new List<double>(time.Length);
        for (int i = 0; i < time.Length; i++)
        {
            bool grows = times.Count == 0 || time[i] > times[^1];
            if (double.IsFinite(time[i]) && double.IsFinite(values[i]) && grows)
            {
                times.Add(time[i]);
                kept.Add(values[i]);
            }
        }

        return new SampledSignal([.. times], [.. kept]);
    }

    /// <summary>Value at an instant, on straight lines between samples; NaN outside.</summary>
    /// <param name="time">Instant, s.</param>
    /// <param name="near">In: a guess of the sample before. Out: it.</param>
    internal double At(double time, ref int near)
    {
        int last = Count - 1;
        if (last < 0 || !(time >= TimeSeconds[0]) || !(time <= TimeSeconds[last]))
        {
            return double.NaN;
        }

        near = Math.Clamp(near, 0, Math.Max(0, last - 1));
        while (near > 0 && TimeSeconds[near] > time)
        {
            near--;
        }

        while (near < last - 1 && TimeSeconds[near + 1] <= time)
        {
            near++;
        }

        if (last == 0)
        {
            return Values[0];
        }

        double part = (time - TimeSeconds[near]) / (TimeSeconds[near + 1] - TimeSeconds[near]);
        return Values[near] + part * (Values[near + 1] - Values[near]);
    }
}
