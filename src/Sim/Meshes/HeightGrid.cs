using System.Buffers.Binary;

namespace HilRig.Sim.Meshes;

/// <summary>Heights on a grid, rows from small y to large.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="ColumnCount">Columns.</param>
/// <param name="Heights">Heights of any unit. Shape [row, column].</param>
internal sealed record HeightGrid(int RowCount, int ColumnCount, float[] Heights)
{
    /// <summary>
    /// Reads MuJoCo's binary form, little endian: int32 rows, int32 columns, float32 heights.
    /// </summary>
    /// <exception cref="FormatException">It is not of that form.</exception>
    public static HeightGrid ReadBinary(ReadOnlySpan<byte> file, int heightMax)
    {
        if (file.Length < 8)
        {
            throw new FormatException("it is too short for a height field");
        }

        int rows = BinaryPrimitives.ReadInt32LittleEndian(file);
        int columns = BinaryPrimitives.ReadInt32LittleEndian(file[4..]);
        long count = (long)rows * columns;
        if (rows < 1 || columns < 1 || count > heightMax || file.Length != 8 + (4 * count))
        {
            throw new FormatException(
                $"its size does not fit {rows} rows and {columns} columns of float32");
        }

        float[] heights = new float[count];
        for (int i = 0; i < heights.Length; i++)
        {
            heights[i] = BinaryPrimitives.ReadSingleLittleEndian(file[(8 + (4 * i))..]);
            if (!float.IsFinite(heights[i]))
            {
                throw new FormatException($"height {i} is not finite");
            }
        }

        return new HeightGrid(rows, columns, heights);
    }
}
