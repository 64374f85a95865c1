namespace HilRig.Harness.Measurements;

/// <summary>
/// Finds the delay d that makes real(t) ≈ offset + gain · twin(t − d) best in the least-squares
/// sense: a scan over whole steps, then a parabola through the three best. All delays are compared
/// on the same samples, those for which every shifted twin value exists.
/// </summary>
internal sealed class DelayScan
{
    /// <summary>Largest delay looked for, s.</summary>
    internal const double DelayMax = 0.25;

    // A quarter of a record at most, so that most samples stay.
    private const double RecordPartMax = 0.125;
    private const double TieTolerance = 1e-9;
    private readonly IReadOnlyList<SignalPair> _pairs;
    private readonly bool _fitGain;

    /// <summary>Prepares a scan.</summary>
    /// <param name="pairs">One pair a repeat.</param>
    /// <param name="fitGain">Whether the gain is free.</param>
    internal DelayScan(IReadOnlyList<SignalPair> pairs, bool fitGain)
    {
        _pairs = pairs;
        _fitGain = fitGain;
        double shortest = double.PositiveInfinity;
        double step = double.PositiveInfinity;
        foreach (SignalPair pair in pairs)
        {
            double length = pair.Real.TimeSeconds[^1] - pair.Real.TimeSeconds[0];
            shortest = Math.Min(shortest, length);
            step = Math.Min(step, length / (pair.Real.Count - 1));
        }

        StepSeconds = step;
        Margin = Math.Min(DelayMax, shortest * RecordPartMax);
    }

    /// <summary>Mean time between real samples, s.</summary>
    internal double StepSeconds { get; }

    /// <summary>Largest delay of this scan, s.</summary>
    internal double Margin { get; }

    /// <summary>The best delay, s.</summary>
    internal double Find()
    {
        int reach = Math.Max(1, (int)(Margin / StepSeconds) - 1);
        int best = 0;
        double bestError = Squares(0);

        // From the smallest outwards: of equal delays of a periodic signal the smallest wins.
        for (int k = 1; k <= reach; k++)
        {
            double later = Squares(k * StepSeconds);
            double earlier = Squares(-k * StepSeconds);
            if (Math.Min(later, earlier) < bestError * (1 - TieTolerance))
            {
                best = later <= earlier ? k : -k;
                bestError = Math.Min(later, earlier);
            }
        }

        double delay = best * StepSeconds;
        double width = StepSeconds;

        // Each pass fits a parabola to the bracket and narrows it; three reach a thousandth of a
        // step.
        for (int pass = 0; pass < 3; pass++)
        {
            double vertex = Vertex(
                Squares(delay - width), Squares(delay), Squares(delay + width));
            delay = Math.Clamp(delay + vertex * width, -Margin, Margin);
            width /= 4;
        }

        return delay;
    }

    /// <summary>
    /// Sums at one delay, one entry a block of time; the resampling unit of intervals.
    /// </summary>
    /// <param name="delay">Delay, s.</param>
    /// <param name="blockSeconds">Length of a block, s.</param>
    internal List<RegressionSums> Blocks(double delay, double blockSeconds) =>
        Blocks(delay, blockSeconds, IsCovered);

    /// <summary>
    /// Sums without delay over every sample that has a twin value, not only those that every delay
    /// has; one entry a block of time.
    /// </summary>
    /// <param name="blockSeconds">Length of a block, s.</param>
    internal List<RegressionSums> WholeBlocks(double blockSeconds) => Blocks(
        0,
        blockSeconds,
        (pair, time) => time >= pair.Twin.TimeSeconds[0] && time <= pair.Twin.TimeSeconds[^1]);

    private List<RegressionSums> Blocks(
        double delay, double blockSeconds, Func<SignalPair, double, bool> isTaken)
    {
        var blocks = new List<RegressionSums>();
        foreach (SignalPair pair in _pairs)
        {
            int near = 0;
            long current = long.MinValue;
            SampledSignal real = pair.Real;
            for (int i = 0; i < real.Count; i++)
            {
                double time = real.TimeSeconds[i];
                if (!isTaken(pair, time))
                {
                    continue;
                }

                long block = (long)Math.Floor(time / blockSeconds);
                if (block != current)
                {
                    blocks.Add(default);
                    current = block;
                }

                RegressionSums sums = blocks[^1];
                sums.Add(pair.Twin.At(time - delay, ref near), real.Values[i]);
                blocks[^1] = sums;
            }
        }

        return blocks;
    }

    /// <summary>Sums at one delay over all samples.</summary>
    internal RegressionSums Sums(double delay)
    {
        RegressionSums all = default;
        foreach (SignalPair pair in _pairs)
        {
            int near = 0;
            SampledSignal real = pair.Real;
            for (int i = 0; i < real.Count; i++)
            {
                if (IsCovered(pair, real.TimeSeconds[i]))
                {
                    all.Add(
                        pair.Twin.At(real.TimeSeconds[i] - delay, ref near), real.Values[i]);
                }
            }
        }

        return all;
    }

    /// <summary>
    /// Delays over the whole range of the scan, one of them <paramref name="best"/>.
    /// </summary>
    /// <param name="best">The best delay, s.</param>
    internal double[] DelaysAround(double best)
    {
        int below = (int)((best + Margin) / StepSeconds);
        int above = (int)((Margin - best) / StepSeconds);
        var delays = new double[below + 1 + above];
        for (int k = 0; k < delays.Length; k++)
        {
            delays[k] = best + (k - below) * StepSeconds;
        }

        return delays;
    }

    /// <summary>Vertex of the parabola through (−1, a), (0, b), (1, c), within ±1.</summary>
    internal static double Vertex(double a, double b, double c)
    {
        double curvature = a - 2 * b + c;
        return curvature > 0 ? Math.Clamp(0.5 * (a - c) / curvature, -1, 1) : 0;
    }

    private double Squares(double delay) => Sums(delay).DelayError(_fitGain);

    private bool IsCovered(SignalPair pair, double time) =>
        time - Margin >= pair.Twin.TimeSeconds[0] && time + Margin <= pair.Twin.TimeSeconds[^1];
}
