using HilRig.Harness.Results;

namespace HilRig.Harness.Measurements;

/// <summary>
/// Takes the difference between real and twin apart: raw errors, then offset, gain and delay by
/// least squares, then what is left. Intervals (95 %) come from a block bootstrap: blocks of time
/// are drawn with replacement, so that the correlation of neighbouring samples does not fake
/// precision.
/// </summary>
internal sealed class DivergenceMeter
{
    // Below this spread (SI) the twin hardly moved: gain and delay mean nothing.
    private const double MotionMin = 1e-3;
    private const int SamplesMin = 20;
    private const int BlocksMin = 8;
    private const int BlockCount = 40;
    private const int ReplicateCount = 400;
    private readonly ulong _seed;

    /// <summary>Makes a meter.</summary>
    /// <param name="seed">Seed of the bootstrap.</param>
    internal DivergenceMeter(ulong seed)
    {
        _seed = seed;
    }

    /// <summary>Measures one signal.</summary>
    /// <param name="pairs">One pair a repeat; pairs without samples are ignored.</param>
    /// <param name="unit">Unit of the signal.</param>
    internal DivergenceFigure Measure(IReadOnlyList<SignalPair> pairs, string unit)
    {
        SignalPair[] usable = [.. pairs.Where(pair => pair.Real.Count > 1 && pair.Twin.Count > 1)];
        var figure = new DivergenceFigure
        {
            Unit = unit,
            NoiseFloorRmse = NoiseFloor([.. pairs.Select(pair => pair.Real)]),
        };
        if (usable.Length == 0)
        {
            return figure;
        }

        figure = Raw(figure, usable);
        return figure.SampleCount < SamplesMin ? figure : Parts(figure, usable);
    }

    /// <summary>
    /// The real signal against itself: root mean square of the difference between repeats, over all
    /// pairs of repeats. Null for fewer than two.
    /// </summary>
    internal static double? NoiseFloor(IReadOnlyList<SampledSignal> repeats)
    {
        double squares = 0;
        long count = 0;
        for (int a = 0; a < repeats.Count; a++)
        {
            for (int b = a + 1; b < repeats.Count; b++)
            {
                int near = 0;
                for (int i = 0; i < repeats[a].Count; i++)
                {
                    double other = repeats[b].At(repeats[a].TimeSeconds[i], ref near);
                    if (!double.IsNaN(other))
                    {
                        double difference = repeats[a].Values[i] - other;
                        squares += difference * difference;
                        count++;
                    }
                }
            }
        }

        return count > 0 ? Math.Sqrt(squares / count) : null;
    }

    private static DivergenceFigure Raw(DivergenceFigure figure, SignalPair[] pairs)
    {
        double squares = 0;
        double sum = 0;
        double max = 0;
        long count = 0;
        foreach (SignalPair pair in pairs)
        {
            int near = 0;
            for (int i = 0; i < pair.Real.Count; i++)
            {
                double twin = pair.Twin.At(pair.Real.TimeSeconds[i], ref near);
                if (!double.IsNaN(twin))
                {
                    double error = Math.Abs(pair.Real.Values[i] - twin);
                    squares += error * error;
                    sum += error;
                    max = Math.Max(max, error);
                    count++;
                }
            }
        }

        return count == 0 ? figure : figure with
        {
            Rmse = Math.Sqrt(squares / count),
            Mae = sum / count,
            MaxAbs = max,
            SampleCount = count,
        };
    }

    private DivergenceFigure Parts(DivergenceFigure figure, SignalPair[] pairs)
    {
        var scan = new DelayScan(pairs, fitGain: true);
        RegressionSums still = scan.Sums(0);
        if (still.Count < SamplesMin)
        {
            return figure;
        }

        bool moves = Math.Sqrt(still.TwinVariance) >= MotionMin;
        double delay = moves ? scan.Find() : 0;
        LineFit fit = scan.Sums(delay).Fit(moves);
        figure = figure with
        {
            Offset = fit.Offset,
            Gain = moves ? fit.Gain : null,
            DelayMilliseconds = moves ? delay * 1e3 : null,
            ResidualRmse = fit.ResidualRmse,
        };
        return Intervals(figure, scan, delay, moves);
    }

    private DivergenceFigure Intervals(
        DivergenceFigure figure, DelayScan scan, double delay, bool moves)
    {
        double total = figure.SampleCount * scan.StepSeconds;
        double blockSeconds = total / BlockCount;
        List<RegressionSums> whole = scan.WholeBlocks(blockSeconds);
        int count = scan.Blocks(0, blockSeconds).Count;
        if (count < BlocksMin)
        {
            return figure;
        }

        // Sums of each block at every delay of the scan: a replicate only adds them up.
        double[] delays = moves ? scan.DelaysAround(delay) : [0];
        List<RegressionSums>[] sums =
            [.. delays.Select(candidate => scan.Blocks(candidate, blockSeconds))];

        var replicates = new BootstrapReplicates(ReplicateCount);
        var random = new Random((int)(_seed ^ (_seed >> 32)));
        var drawn = new int[count];
        var drawnWhole = new int[whole.Count];
        for (int r = 0; r < ReplicateCount; r++)
        {
            Draw(random, drawn);
            replicates.Add(r, drawn, sums, delays, moves);
            Draw(random, drawnWhole);
            replicates.AddRaw(r, drawnWhole, whole);
        }

        return figure with
        {
            RmseInterval = replicates.Rmse.Interval(),
            OffsetInterval = replicates.Offset.Interval(),
            GainInterval = moves ? replicates.Gain.Interval() : null,
            DelayIntervalMilliseconds = moves ? replicates.DelayMilliseconds.Interval() : null,
            ResidualRmseInterval = replicates.Residual.Interval(),
        };
    }

    private static void Draw(Random random, int[] drawn)
    {
        for (int i = 0; i < drawn.Length; i++)
        {
            drawn[i] = random.Next(drawn.Length);
        }
    }
}
