using HilRig.Recording.Mcap.Encoding;
using K4os.Compression.LZ4.Streams;
using ZstdSharp;

namespace HilRig.Recording.Mcap.Compression;

/// <summary>Compresses the records of one chunk after another.</summary>
internal sealed class ChunkCompressor : IDisposable
{
    // Level 3 is Zstandard's own default.
    private const int ZstdLevel = 3;

    private readonly McapCompression _compression;
    private readonly Compressor? _zstd;

    public ChunkCompressor(McapCompression compression)
    {
        _compression = compression;
        _zstd = compression == McapCompression.Zstd ? new Compressor(ZstdLevel) : null;
    }

    /// <summary>
    /// Appends <paramref name="records"/> to <paramref name="target"/>; returns the bytes added.
    /// </summary>
    public int Append(ReadOnlySpan<byte> records, RecordBuffer target)
    {
        int before = target.Length;
        if (_compression == McapCompression.None)
        {
            target.AppendBytes(records);
        }
        else if (_compression == McapCompression.Lz4)
        {
            LZ4Frame.Encode(records, target);
        }
        else
        {
            Span<byte> room = target.Append(Compressor.GetCompressBound(records.Length));
            target.TruncateTo(before + _zstd!.Wrap(records, room));
        }

        return target.Length - before;
    }

    public void Dispose() => _zstd?.Dispose();
}
