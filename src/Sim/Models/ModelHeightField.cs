namespace HilRig.Sim.Models;

/// <summary>A terrain: heights on a regular grid, x by columns, y by rows. SI units.</summary>
public sealed record ModelHeightField
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Number of rows, along y.</summary>
    public required int RowCount { get; init; }

    /// <summary>Number of columns, along x.</summary>
    public required int ColumnCount { get; init; }

    /// <summary>Half extent along x, m.</summary>
    public required double RadiusX { get; init; }

    /// <summary>Half extent along y, m.</summary>
    public required double RadiusY { get; init; }

    /// <summary>Height of an elevation of 1, m.</summary>
    public required double ElevationZ { get; init; }

    /// <summary>Depth of the base below 0, m.</summary>
    public required double BaseZ { get; init; }

    /// <summary>Elevations, 0 to 1. Shape [row, column], flat.</summary>
    public required IReadOnlyList<double> Elevations { get; init; }
}
