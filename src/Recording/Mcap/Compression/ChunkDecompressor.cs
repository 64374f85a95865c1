using HilRig.Recording.Mcap.Encoding;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace HilRig.Recording.Mcap.Compression;

/// <summary>
/// Decompresses the records of a chunk, refusing what does not match its stated size.
/// </summary>
internal static class ChunkDecompressor
{
    /// <summary>
    /// A chunk larger than this is refused: its size is more likely damaged than meant.
    /// </summary>
    public const ulong UncompressedBytesMax = 1UL << 30;

    /// <summary>
    /// Fills <paramref name="target"/> with the records; false when that is not possible.
    /// </summary>
    /// <param name="compression">Compression as named in the file.</param>
    /// <param name="packed">The records as they lie in the file.</param>
    /// <param name="uncompressedBytes">Size that the chunk states.</param>
    /// <param name="target">Cleared, then filled.</param>
    /// <param name="fault">Why it was not possible.</param>
    public static bool TryDecompress(
        string compression,
        ReadOnlySpan<byte> packed,
        ulong uncompressedBytes,
        RecordBuffer target,
        out string fault)
    {
        target.Clear();
        if (uncompressedBytes > UncompressedBytesMax)
        {
            fault = $"a chunk states {uncompressedBytes} uncompressed bytes, "
                + $"more than {UncompressedBytesMax}";
            return false;
        }

        try
        {
            switch (compression)
            {
                case "":
                    target.AppendBytes(packed);
                    break;
                case "lz4":
                    LZ4Frame.Decode(packed, target);
                    break;
                case "zstd":
                    using (var zstd = new Decompressor())
                    {
                        target.TruncateTo(
                            zstd.Unwrap(packed, target.Append((int)uncompressedBytes)));
                    }

                    break;
                default:
                    fault =
                        $"a chunk uses compression \"{compression}\"; known are none, lz4 and zstd";
                    return false;
            }
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ZstdException
            or ArgumentException or InvalidOperationException or NotImplementedException
            or IndexOutOfRangeException)
        {
            fault = $"{compression} data of a chunk cannot be decompressed "
                + $"({error.Message.TrimEnd('.')})";
            return false;
        }

        fault = "";
        if ((ulong)target.Length != uncompressedBytes)
        {
            fault = $"a chunk states {uncompressedBytes} uncompressed bytes, found {target.Length}";
        }

        return fault.Length == 0;
    }
}
