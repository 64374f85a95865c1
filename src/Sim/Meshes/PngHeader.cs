using System.Buffers.Binary;

namespace HilRig.Sim.Meshes;

/// <summary>Size and form of a PNG's pixels.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="PixelBytes">Bytes of a pixel.</param>
internal readonly record struct PngHeader(int Width, int Height, int PixelBytes)
{
    /// <summary>Reads the header chunk.</summary>
    /// <exception cref="FormatException">A form that is not read.</exception>
    public static PngHeader Read(ReadOnlySpan<byte> chunk, int pixelMax)
    {
        if (chunk.Length != 13)
        {
            throw new FormatException("its header is damaged");
        }

        uint width = BinaryPrimitives.ReadUInt32BigEndian(chunk);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(chunk[4..]);
        if (width < 1 || height < 1 || (ulong)width * height > (ulong)pixelMax)
        {
            throw new FormatException($"{width} by {height} pixels are too many or none");
        }

        int channels = chunk[9] switch { 0 => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };
        int bits = chunk[8];
        if (channels == 0 || bits is not (8 or 16) || chunk[12] != 0)
        {
            throw new FormatException(
                "it is indexed, interlaced or has fewer than 8 bits; save it as 8-bit grey");
        }

        return new PngHeader((int)width, (int)height, channels * bits / 8);
    }
}
