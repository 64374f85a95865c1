using System.Buffers.Binary;
using System.IO.Compression;

namespace HilRig.Sim.Meshes;

/// <summary>
/// PNG as heights (ISO/IEC 15948): grey, grey with alpha, colour or colour with alpha, 8 or 16
/// bits, not interlaced. A 16-bit sample counts by its high byte and a colour by its red, as in the
/// decoder that MuJoCo uses.
/// </summary>
internal static class PngFile
{
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Reads a file; its top row becomes the last.</summary>
    /// <exception cref="FormatException">It is not such a PNG.</exception>
    public static HeightGrid Read(ReadOnlySpan<byte> file, int heightMax)
    {
        if (!file.StartsWith(Signature))
        {
            throw new FormatException("it is not PNG");
        }

        PngHeader? header = null;
        using var packed = new MemoryStream();
        for (int at = Signature.Length; at + 12 <= file.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
            {
                throw new FormatException("it ends within a chunk");
            }

            ReadOnlySpan<byte> type = file.Slice(at + 4, 4);
            ReadOnlySpan<byte> content = file.Slice(at + 8, (int)length);
            if (type.SequenceEqual("IHDR"u8))
            {
                header = PngHeader.Read(content, heightMax);
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                packed.Write(content);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                break;
            }

            at += 12 + (int)length;
        }

        packed.Position = 0;
        return header is { } known
            ? Unpack(packed, known)
            : throw new FormatException("it has no header");
    }

    private static HeightGrid Unpack(Stream packed, PngHeader header)
    {
        int pixel = header.PixelBytes;
        int stride = header.Width * pixel;
        byte[] before = new byte[stride];
        byte[] row = new byte[stride];
        float[] heights = new float[header.Width * header.Height];
        try
        {
            using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
            for (int y = 0; y < header.Height; y++)
            {
                int filter = inflated.ReadByte();
                inflated.ReadExactly(row);
                Unfilter(filter, row, before, pixel);
                for (int x = 0; x < header.Width; x++)
                {
                    heights[((header.Height - 1 - y) * header.Width) + x] = row[x * pixel];
                }

                (before, row) = (row, before);
            }
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            throw new FormatException("its pixels are damaged");
        }

        return new HeightGrid(header.Height, header.Width, heights);
    }

    // Section 9.2: each byte is given less a guess from the bytes left, above and above left.
    private static void Unfilter(int filter, byte[] row, byte[] before, int pixel)
    {
        if (filter is < 0 or > 4)
        {
            throw new FormatException($"its filter {filter} does not exist");
        }

        for (int i = 0; i < row.Length; i++)
        {
            int left = i < pixel ? 0 : row[i - pixel];
            int above = before[i];
            int corner = i < pixel ? 0 : before[i - pixel];
            int guess = filter switch
            {
                1 => left,
                2 => above,
                3 => (left + above) / 2,
                4 => Paeth(left, above, corner),
                _ => 0,
            };
            row[i] = (byte)(row[i] + guess);
        }
    }

    private static int Paeth(int left, int above, int corner)
    {
        int guess = left + above - corner;
        int toLeft = Math.Abs(guess - left);
        int toAbove = Math.Abs(guess - above);
        int toCorner = Math.Abs(guess - corner);
        return toLeft <= toAbove && toLeft <= toCorner ? left
            : toAbove <= toCorner ? above : corner;
    }
}
