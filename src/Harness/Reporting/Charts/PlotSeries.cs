namespace HilRig.Harness.Reporting.Charts;

/// <summary>One line of a plot.</summary>
internal sealed record PlotSeries
{
    /// <summary>Name in the legend.</summary>
    public required string Name { get; init; }

    /// <summary>Style class: real, twin, command, error or a hop.</summary>
    public required string Style { get; init; }

    /// <summary>Horizontal values.</summary>
    public required double[] X { get; init; }

    /// <summary>Vertical values; NaN leaves a gap.</summary>
    public required double[] Y { get; init; }

    /// <summary>
    /// Part a point belongs to; the line breaks between parts. Null for one part.
    /// </summary>
    public int[]? Part { get; init; }

    /// <summary>Whether a value holds until the next point, as a command does.</summary>
    public bool Holds { get; init; }
}
