using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Measurements;

/// <summary>
/// Holds the real signal against a band around the twin's, with absolute, relative, leading and
/// lagging tolerances (the four of Simulink Test).
/// </summary>
internal static class BandCheck
{
    /// <summary>Checks all repeats.</summary>
    /// <param name="pairs">One pair a repeat.</param>
    /// <param name="budget">The tolerances.</param>
    internal static BandFigure Check(IReadOnlyList<SignalPair> pairs, BandBudget budget)
    {
        long outside = 0;
        double maxExcess = 0;
        double? onset = null;
        foreach (SignalPair pair in pairs)
        {
            int from = 0;
            for (int i = 0; i < pair.Real.Count; i++)
            {
                double time = pair.Real.TimeSeconds[i];
                double excess = Excess(pair.Twin, time, pair.Real.Values[i], budget, ref from);
                if (excess > 0)
                {
                    outside++;
                    maxExcess = Math.Max(maxExcess, excess);
                    onset = onset is { } earlier ? Math.Min(earlier, time) : time;
                }
            }
        }

        return new BandFigure
        {
            Absolute = budget.Absolute,
            Relative = budget.Relative,
            LeadingSeconds = budget.LeadingSeconds,
            LaggingSeconds = budget.LaggingSeconds,
            OutsideCount = outside,
            MaxExcess = maxExcess,
            OnsetSeconds = onset,
        };
    }

    /// <summary>
    /// Distance to the band, 0 inside. The twin's line takes every value between its samples, so
    /// the bands of all instants in the window join into one interval.
    /// </summary>
    private static double Excess(
        SampledSignal twin, double time, double value, BandBudget budget, ref int from)
    {
        double begin = Math.Max(time - budget.LaggingSeconds, FirstTime(twin));
        double end = Math.Min(time + budget.LeadingSeconds, LastTime(twin));
        if (!(begin <= end))
        {
            return 0;
        }

        double low = double.PositiveInfinity;
        double high = double.NegativeInfinity;
        Include(twin.At(begin, ref from), budget, ref low, ref high);
        for (int i = from + 1; i < twin.Count && twin.TimeSeconds[i] < end; i++)
        {
            Include(twin.Values[i], budget, ref low, ref high);
        }

        int near = from;
        Include(twin.At(end, ref near), budget, ref low, ref high);
        return Math.Max(0, Math.Max(low - value, value - high));
    }

    private static double FirstTime(SampledSignal twin) =>
        twin.Count > 0 ? twin.TimeSeconds[0] : double.PositiveInfinity;

    private static double LastTime(SampledSignal twin) =>
        twin.Count > 0 ? twin.TimeSeconds[^1] : double.NegativeInfinity;

    private static void Include(double twin, BandBudget budget, ref double low, ref double high)
    {
        double tolerance = budget.Absolute + budget.Relative * Math.Abs(twin);
        low = Math.Min(low, twin - tolerance);
        high = Math.Max(high, twin + tolerance);
    }
}
