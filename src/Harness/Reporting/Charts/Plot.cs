namespace HilRig.Harness.Reporting.Charts;

/// <summary>What a plot shows.</summary>
internal sealed record Plot
{
    /// <summary>What it shows, for readers who cannot see it.</summary>
    public required string Description { get; init; }

    /// <summary>Horizontal axis.</summary>
    public required PlotAxis X { get; init; }

    /// <summary>Vertical axis.</summary>
    public required PlotAxis Y { get; init; }

    /// <summary>Unit of the horizontal values, for the read-out.</summary>
    public string UnitOfX { get; init; } = "";

    /// <summary>Unit of the vertical values.</summary>
    public string UnitOfY { get; init; } = "";

    /// <summary>Lines, the last on top.</summary>
    public required IReadOnlyList<PlotSeries> Series { get; init; }

    /// <summary>Tolerance band; null for none.</summary>
    public PlotBand? Band { get; init; }

    /// <summary>Horizontal values marked by a vertical line, such as missed ticks.</summary>
    public IReadOnlyList<double> Marks { get; init; } = [];

    /// <summary>Whether the reading script may offer values under the pointer.</summary>
    public bool HasReadout { get; init; }

    /// <summary>Extra class of the figure: "tall" or "low".</summary>
    public string Size { get; init; } = "";
}
