using System.IO.Hashing;
using HilRig.Recording.Mcap.Compression;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Gathers schema, channel and message records until a chunk is finished, then encodes the chunk
/// with the message indexes that follow it. Buffers are reused from chunk to chunk.
/// </summary>
internal sealed class ChunkBuilder : IDisposable
{
    private readonly RecordBuffer _records;
    private readonly ChunkCompressor _compressor;
    private readonly string _compressionName;
    private readonly MessageIndexes _indexes = new();

    public ChunkBuilder(McapCompression compression, int capacityBytes)
    {
        _records = new RecordBuffer(capacityBytes);
        _compressor = new ChunkCompressor(compression);
        _compressionName = McapLayout.NameOf(compression);
    }

    public int Bytes => _records.Length;

    public ulong MessageCount { get; private set; }

    public ulong FirstLogTime { get; private set; }

    public ulong MessageStartTime { get; private set; }

    public ulong MessageEndTime { get; private set; }

    public void AddSchema(McapSchema schema) => RecordEncoder.Schema(_records, schema);

    public void AddChannel(McapChannel channel) => RecordEncoder.Channel(_records, channel);

    /// <summary>
    /// Appends a message; the caller fills the returned bytes before the next call.
    /// </summary>
    public Span<byte> AddMessage(in McapMessageHeader header, int contentBytes)
    {
        if (MessageCount == 0)
        {
            FirstLogTime = MessageStartTime = MessageEndTime = header.LogTime;
        }

        MessageCount++;
        MessageStartTime = Math.Min(MessageStartTime, header.LogTime);
        MessageEndTime = Math.Max(MessageEndTime, header.LogTime);
        _indexes.Add(header.ChannelId, header.LogTime, (ulong)_records.Length);
        return RecordEncoder.Message(_records, header, contentBytes);
    }

    /// <summary>
    /// Encodes the chunk and its indexes into <paramref name="target"/>, and starts anew.
    /// </summary>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="fileOffset">Where in the file those bytes will start.</param>
    public McapChunkIndex Finish(RecordBuffer target, ulong fileOffset)
    {
        int start = target.BeginRecord(McapOpcode.Chunk);
        target.AppendUInt64(MessageStartTime);
        target.AppendUInt64(MessageEndTime);
        target.AppendUInt64((ulong)_records.Length);
        target.AppendUInt32(Crc32.HashToUInt32(_records.Written));
        target.AppendString(_compressionName);
        int lengthAt = target.Length;
        target.AppendUInt64(0);
        int packed = _compressor.Append(_records.Written, target);
        target.PatchUInt64(lengthAt, (ulong)packed);
        target.EndRecord(start);
        int chunkBytes = target.Length - start;
        Dictionary<ushort, ulong> indexes = _indexes.AppendTo(target, fileOffset - (ulong)start);
        var index = new McapChunkIndex(
            MessageStartTime,
            MessageEndTime,
            fileOffset,
            (ulong)chunkBytes,
            indexes,
            (ulong)(target.Length - start - chunkBytes),
            _compressionName,
            (ulong)packed,
            (ulong)_records.Length);
        _records.Clear();
        MessageCount = FirstLogTime = MessageStartTime = MessageEndTime = 0;
        return index;
    }

    public void Dispose() => _compressor.Dispose();
}
