using HilRig.Harness.Results;

namespace HilRig.Harness.Measurements;

/// <summary>Figures of each bootstrap replicate, from the sums of the blocks it drew.</summary>
internal sealed class BootstrapReplicates
{
    /// <summary>Makes room for replicates.</summary>
    /// <param name="count">How many.</param>
    internal BootstrapReplicates(int count)
    {
        Rmse = new ReplicateColumn(count);
        Offset = new ReplicateColumn(count);
        Gain = new ReplicateColumn(count);
        DelayMilliseconds = new ReplicateColumn(count);
        Residual = new ReplicateColumn(count);
    }

    internal ReplicateColumn Rmse { get; }

    internal ReplicateColumn Offset { get; }

    internal ReplicateColumn Gain { get; }

    internal ReplicateColumn DelayMilliseconds { get; }

    internal ReplicateColumn Residual { get; }

    /// <summary>Computes one replicate of the raw error.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="drawn">Blocks drawn, with replacement.</param>
    /// <param name="whole">Sums of each block of all samples, without delay.</param>
    internal void AddRaw(int index, int[] drawn, List<RegressionSums> whole) =>
        Rmse.Values[index] = Total(whole, drawn).Rmse;

    /// <summary>Computes one replicate of the parts.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="drawn">Blocks drawn, with replacement.</param>
    /// <param name="sums">Sums of each block at each delay. Shape [delay][block].</param>
    /// <param name="delays">The delays, s.</param>
    /// <param name="fitGain">Whether gain and delay are free.</param>
    internal void Add(
        int index,
        int[] drawn,
        List<RegressionSums>[] sums,
        double[] delays,
        bool fitGain)
    {
        int best = 0;
        var errors = new double[delays.Length];
        for (int k = 0; k < delays.Length; k++)
        {
            errors[k] = Total(sums[k], drawn).DelayError(fitGain);
            if (errors[k] < errors[best])
            {
                best = k;
            }
        }

        LineFit fit = Total(sums[best], drawn).Fit(fitGain);
        Offset.Values[index] = fit.Offset;
        Gain.Values[index] = fit.Gain;
        Residual.Values[index] = fit.ResidualRmse;
        double delay = delays[best];
        if (best > 0 && best < delays.Length - 1)
        {
            double vertex = DelayScan.Vertex(errors[best - 1], errors[best], errors[best + 1]);
            delay += vertex * (delays[best + 1] - delays[best]);
        }

        DelayMilliseconds.Values[index] = delay * 1e3;
    }

    private static RegressionSums Total(List<RegressionSums> blocks, int[] drawn)
    {
        RegressionSums total = default;
        foreach (int block in drawn)
        {
            total.Add(blocks[block]);
        }

        return total;
    }
}

/// <summary>One figure over all replicates.</summary>
internal sealed class ReplicateColumn(int count)
{
    private const double Tail = 0.025;

    /// <summary>Value of each replicate.</summary>
    internal double[] Values { get; } = new double[count];

    /// <summary>The 95 % percentile interval.</summary>
    internal Interval Interval()
    {
        double[] sorted = [.. Values.Order()];
        int cut = (int)(Tail * sorted.Length);
        return new Interval(sorted[cut], sorted[sorted.Length - 1 - cut]);
    }
}
