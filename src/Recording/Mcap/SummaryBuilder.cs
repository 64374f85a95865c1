using System.Buffers.Binary;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Collects what a file holds and encodes its summary, summary offsets and footer.
/// </summary>
internal sealed class SummaryBuilder
{
    private readonly List<McapAttachmentIndex> _attachments = [];
    private readonly List<McapMetadataIndex> _metadata = [];
    private readonly List<McapChunkIndex> _chunks = [];
    private readonly List<ulong> _messageCounts = [];
    private ulong _messageCount;
    private ulong _startTime;
    private ulong _endTime;

    public List<McapSchema> Schemas { get; } = [];

    public List<McapChannel> Channels { get; } = [];

    public ulong MessageCount => _messageCount;

    public int ChunkCount => _chunks.Count;

    /// <summary>Adds a schema, unless its id is known already.</summary>
    public void AddSchema(McapSchema schema)
    {
        if (!Schemas.Exists(known => known.Id == schema.Id))
        {
            Schemas.Add(schema);
        }
    }

    /// <summary>Adds a channel, unless its id is known already.</summary>
    public void AddChannel(McapChannel channel)
    {
        if (Channels.Exists(known => known.Id == channel.Id))
        {
            return;
        }

        Channels.Add(channel);
        while (_messageCounts.Count <= channel.Id)
        {
            _messageCounts.Add(0);
        }
    }

    public void AddAttachment(McapAttachmentIndex index) => _attachments.Add(index);

    public void AddMetadata(McapMetadataIndex index) => _metadata.Add(index);

    public void AddChunk(McapChunkIndex index) => _chunks.Add(index);

    public void CountMessage(in McapMessageHeader header)
    {
        _startTime = _messageCount == 0 ? header.LogTime : Math.Min(_startTime, header.LogTime);
        _endTime = Math.Max(_endTime, header.LogTime);
        _messageCount++;
        _messageCounts[header.ChannelId]++;
    }

    /// <summary>Appends everything from the summary to the closing magic.</summary>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="fileOffset">Where in the file the buffer's first byte will lie.</param>
    public void AppendTo(RecordBuffer target, ulong fileOffset)
    {
        int summary = target.Length;
        var groups = new List<(McapOpcode Opcode, int Start, int Length)>();
        AppendGroup(McapOpcode.Schema, Schemas, RecordEncoder.Schema);
        AppendGroup(McapOpcode.Channel, Channels, RecordEncoder.Channel);
        AppendGroup(McapOpcode.Statistics, [BuildStatistics()], RecordEncoder.Statistics);
        AppendGroup(McapOpcode.ChunkIndex, _chunks, RecordEncoder.ChunkIndex);
        AppendGroup(McapOpcode.AttachmentIndex, _attachments, RecordEncoder.AttachmentIndex);
        AppendGroup(McapOpcode.MetadataIndex, _metadata, RecordEncoder.MetadataIndex);
        int offsets = target.Length;
        foreach ((McapOpcode opcode, int start, int length) in groups)
        {
            RecordEncoder.SummaryOffset(target, opcode, fileOffset + (ulong)start, (ulong)length);
        }

        int footer = target.BeginRecord(McapOpcode.Footer);
        target.AppendUInt64(fileOffset + (ulong)summary);
        target.AppendUInt64(fileOffset + (ulong)offsets);
        Span<byte> checksum = target.Append(sizeof(uint));
        target.EndRecord(footer);
        ReadOnlySpan<byte> covered = target.Written[summary..^sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(
            checksum, System.IO.Hashing.Crc32.HashToUInt32(covered));
        target.AppendBytes(McapLayout.Magic);

        void AppendGroup<T>(McapOpcode opcode, List<T> records, Action<RecordBuffer, T> append)
        {
            int start = target.Length;
            foreach (T record in records)
            {
                append(target, record);
            }

            if (target.Length > start)
            {
                groups.Add((opcode, start, target.Length - start));
            }
        }
    }

    /// <summary>What was counted so far.</summary>
    public McapStatistics BuildStatistics()
    {
        var counts = new Dictionary<ushort, ulong>();
        foreach (McapChannel channel in Channels)
        {
            counts[channel.Id] = _messageCounts[channel.Id];
        }

        return new McapStatistics(
            _messageCount,
            (ushort)Schemas.Count,
            (uint)Channels.Count,
            (uint)_attachments.Count,
            (uint)_metadata.Count,
            (uint)_chunks.Count,
            _startTime,
            _endTime,
            counts);
    }
}
