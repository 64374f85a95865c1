namespace HilRig.Learning.Comparison.Statistics;

/// <summary>Figures of sorted samples.</summary>
internal static class OrderStatistics
{
    /// <summary>
    /// Interquartile mean: the mean without the lowest and the highest quarter of the samples,
    /// each quarter rounded down (Agarwal et al. 2021, section 4.3).
    /// </summary>
    /// <param name="samples">One or more.</param>
    public static double InterquartileMean(IEnumerable<double> samples)
    {
        double[] sorted = [.. samples.Order()];
        int cut = sorted.Length / 4;
        return sorted[cut..^cut].Average();
    }

    /// <summary>Middle of the samples; of an even number the mean of the middle two.</summary>
    /// <param name="samples">One or more.</param>
    public static double Median(IEnumerable<double> samples) => Quantile([.. samples.Order()], 0.5);

    /// <summary>Quantile, linear between samples (type 7 of Hyndman and Fan 1996).</summary>
    /// <param name="sorted">One or more, ascending.</param>
    /// <param name="share">0 to 1.</param>
    public static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Length - 1);

        // Samples may be infinite, which have no part of a way.
        return place == below || sorted[below] == sorted[above]
            ? sorted[below]
            : sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
