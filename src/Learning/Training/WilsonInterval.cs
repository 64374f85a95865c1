namespace HilRig.Learning.Training;

/// <summary>95 % interval of a share (Wilson 1927).</summary>
internal static class WilsonInterval
{
    private const double Z = 1.959963984540054;

    /// <summary>Lower and upper end.</summary>
    /// <param name="successes">Successes.</param>
    /// <param name="count">Trials, 1 or more.</param>
    public static double[] Of(long successes, long count)
    {
        double share = successes / (double)count;
        double scale = 1 + (Z * Z / count);
        double middle = (share + (Z * Z / (2 * count))) / scale;
        double half = Z / scale
            * Math.Sqrt((share * (1 - share) / count) + (Z * Z / (4.0 * count * count)));
        return [Math.Max(0, middle - half), Math.Min(1, middle + half)];
    }
}
