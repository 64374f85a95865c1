namespace HilRig.Rig.Learning;

/// <summary>Two policies on the same starts: shares of success and what lies between.</summary>
public sealed record PairedScore
{
    private const double Z = 1.959963984540054;

    /// <summary>Starts that both have done.</summary>
    public required int Starts { get; init; }

    /// <summary>Share at which the first succeeds.</summary>
    public required double First { get; init; }

    /// <summary>Its 95 % interval (Wilson 1927).</summary>
    public required double[] FirstInterval { get; init; }

    /// <summary>Share at which the second succeeds.</summary>
    public required double Second { get; init; }

    /// <summary>Its 95 % interval (Wilson 1927).</summary>
    public required double[] SecondInterval { get; init; }

    /// <summary>Second less first.</summary>
    public required double Difference { get; init; }

    /// <summary>
    /// Its 95 % interval for pairs (Agresti and Min 2005: half a pair is added to each cell).
    /// </summary>
    public required double[] DifferenceInterval { get; init; }

    /// <summary>Scores pairs.</summary>
    /// <param name="pairs">Whether first and second succeeded at a start; at least one.</param>
    public static PairedScore Of(IReadOnlyCollection<(bool First, bool Second)> pairs)
    {
        int count = pairs.Count;
        int first = pairs.Count(pair => pair.First);
        int second = pairs.Count(pair => pair.Second);
        double gained = pairs.Count(pair => pair is (false, true)) + 0.5;
        double lost = pairs.Count(pair => pair is (true, false)) + 0.5;
        double adjusted = count + 2;
        double middle = (gained - lost) / adjusted;
        double half = Z * Math.Sqrt(
            gained + lost - ((gained - lost) * (gained - lost) / adjusted)) / adjusted;
        return new PairedScore
        {
            Starts = count,
            First = (double)first / count,
            FirstInterval = Wilson(first, count),
            Second = (double)second / count,
            SecondInterval = Wilson(second, count),
            Difference = (double)(second - first) / count,
            DifferenceInterval = [Math.Max(-1, middle - half), Math.Min(1, middle + half)],
        };
    }

    private static double[] Wilson(int successes, int count)
    {
        double share = (double)successes / count;
        double scale = 1 + (Z * Z / count);
        double middle = (share + (Z * Z / (2.0 * count))) / scale;
        double half = Z / scale
            * Math.Sqrt((share * (1 - share) / count) + (Z * Z / (4.0 * count * count)));
        return [Math.Max(0, middle - half), Math.Min(1, middle + half)];
    }
}
