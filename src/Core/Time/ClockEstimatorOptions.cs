namespace HilRig.Core.Time;

/// <summary>How probes become an estimate of a peer's clock.</summary>
public sealed record ClockEstimatorOptions
{
    /// <summary>
    /// Probes of which only the quickest is kept. Default 8, as in RFC 5905, section 10.
    /// </summary>
    public int ProbesPerPoint { get; init; } = 8;

    /// <summary>
    /// Kept points to look back on. Default 64: 51 s at ten probes a second, long enough to tell
    /// the rates of two clocks apart by a few hundredths of a ppm.
    /// </summary>
    public int PointCount { get; init; } = 64;

    /// <summary>
    /// Largest difference of two clocks' rates that is believed, ppm. Default 1000: the kernel
    /// slews by at most 500, a crystal is off by at most 100.
    /// </summary>
    public double SkewPartsPerMillionMax { get; init; } = 1000;

    /// <summary>
    /// How far the rate may wander from a constant, ppm. Default 0.5. It widens what
    /// old points say; the stated uncertainty covers the truth as long as the clocks are no worse.
    /// </summary>
    public double WanderPartsPerMillion { get; init; } = 0.5;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ProbesPerPoint, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(PointCount, 2);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SkewPartsPerMillionMax);
        ArgumentOutOfRangeException.ThrowIfNegative(WanderPartsPerMillion);
    }
}
