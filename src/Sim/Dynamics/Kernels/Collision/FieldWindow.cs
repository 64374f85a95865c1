namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>Cells of a height field that a shape can touch.</summary>
internal struct FieldWindow
{
    /// <summary>First row of cells.</summary>
    public int FirstRow;

    /// <summary>Number of rows.</summary>
    public int RowCount;

    /// <summary>First column of cells.</summary>
    public int FirstColumn;

    /// <summary>Number of columns.</summary>
    public int ColumnCount;
}
