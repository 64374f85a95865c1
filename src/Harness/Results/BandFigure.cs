namespace HilRig.Harness.Results;

/// <summary>
/// How the real signal stands to a tolerance band around the twin's. A sample is inside when it is
/// within absolute + relative · |twin| of some twin value between t − lagging and t + leading.
/// </summary>
public sealed record BandFigure
{
    /// <summary>Absolute tolerance, unit of the signal.</summary>
    public required double Absolute { get; init; }

    /// <summary>Relative tolerance, a fraction of the twin's magnitude.</summary>
    public required double Relative { get; init; }

    /// <summary>How far the real signal may lead, s.</summary>
    public required double LeadingSeconds { get; init; }

    /// <summary>How far the real signal may lag, s.</summary>
    public required double LaggingSeconds { get; init; }

    /// <summary>Samples outside the band.</summary>
    public required long OutsideCount { get; init; }

    /// <summary>
    /// Largest distance to the band's edge, unit of the signal; 0 when all are inside.
    /// </summary>
    public required double MaxExcess { get; init; }

    /// <summary>Elapsed time of the first sample outside, s; null when all are inside.</summary>
    public double? OnsetSeconds { get; init; }
}
