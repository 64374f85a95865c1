namespace HilRig.Harness.Measurements;

/// <summary>Sufficient statistics of the line real = offset + gain · twin.</summary>
internal record struct RegressionSums
{
    internal double Count { get; set; }

    internal double X { get; set; }

    internal double Y { get; set; }

    internal double XX { get; set; }

    internal double XY { get; set; }

    internal double YY { get; set; }

    /// <summary>Adds one sample: x of the twin, y of the real signal.</summary>
    internal void Add(double x, double y)
    {
        Count++;
        X += x;
        Y += y;
        XX += x * x;
        XY += x * y;
        YY += y * y;
    }

    /// <summary>Adds the samples of another block.</summary>
    internal void Add(in RegressionSums other)
    {
        Count += other.Count;
        X += other.X;
        Y += other.Y;
        XX += other.XX;
        XY += other.XY;
        YY += other.YY;
    }

    /// <summary>Variance of the twin's samples.</summary>
    internal readonly double TwinVariance => Math.Max(0, XX / Count - X / Count * (X / Count));

    /// <summary>Variance of the real signal's samples.</summary>
    internal readonly double RealVariance => Math.Max(0, YY / Count - Y / Count * (Y / Count));

    /// <summary>
    /// Least-squares line; gain fixed at 1 when <paramref name="fitGain"/> is false.
    /// </summary>
    internal readonly LineFit Fit(bool fitGain)
    {
        double meanX = X / Count;
        double meanY = Y / Count;
        double sxx = XX - Count * meanX * meanX;
        double sxy = XY - Count * meanX * meanY;
        double syy = YY - Count * meanY * meanY;
        double gain = fitGain && sxx > 0 ? sxy / sxx : 1;
        double squares = Math.Max(0, syy - 2 * gain * sxy + gain * gain * sxx);
        return new LineFit(meanY - gain * meanX, gain, Math.Sqrt(squares / Count));
    }

    /// <summary>
    /// What a search for the delay minimises: the mean square that is left. A negative gain counts
    /// as no fit, because it would pass half a period of delay off as a mirror image.
    /// </summary>
    /// <param name="fitGain">Whether the gain is free.</param>
    internal readonly double DelayError(bool fitGain)
    {
        LineFit fit = Fit(fitGain);
        return fit.Gain > 0 ? fit.ResidualRmse * fit.ResidualRmse : RealVariance;
    }

    /// <summary>Root mean square of real − twin.</summary>
    internal readonly double Rmse => Math.Sqrt(Math.Max(0, YY - 2 * XY + XX) / Count);
}

/// <summary>A fitted line and what it leaves.</summary>
/// <param name="Offset">Offset.</param>
/// <param name="Gain">Gain.</param>
/// <param name="ResidualRmse">Root mean square of what is left.</param>
internal readonly record struct LineFit(double Offset, double Gain, double ResidualRmse);
