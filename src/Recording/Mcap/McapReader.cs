using System.Buffers.Binary;
using System.IO.Hashing;
using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Reads a whole MCAP file through its summary. Every checksum that is present is checked; errors
/// say at which byte. For one thread. <see cref="McapVerifier"/> reads everything once.
/// </summary>
public sealed class McapReader : IDisposable
{
    private readonly FileStream _stream;
    private readonly RecordScanner _scanner;
    private readonly Dictionary<ushort, McapSchema> _schemas = [];
    private readonly Dictionary<ushort, McapChannel> _channels = [];
    private readonly List<McapChunkIndex> _chunks = [];
    private readonly List<McapAttachmentIndex> _attachments = [];
    private readonly List<McapMetadataIndex> _metadata = [];
    private readonly ChunkContent _chunk = new();

    private McapReader(string path, FileStream stream)
    {
        Path = path;
        _stream = stream;
        _scanner = new RecordScanner(stream);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Schemas by id.</summary>
    public IReadOnlyDictionary<ushort, McapSchema> Schemas => _schemas;

    /// <summary>Channels by id.</summary>
    public IReadOnlyDictionary<ushort, McapChannel> Channels => _channels;

    /// <summary>Chunks in the order of the file.</summary>
    public IReadOnlyList<McapChunkIndex> Chunks => _chunks;

    /// <summary>Where attachments lie.</summary>
    public IReadOnlyList<McapAttachmentIndex> Attachments => _attachments;

    /// <summary>Where metadata records lie.</summary>
    public IReadOnlyList<McapMetadataIndex> Metadata => _metadata;

    /// <summary>What the file counts of itself; null when it does not.</summary>
    public McapStatistics? Statistics { get; private set; }

    /// <summary>Opens a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="RecordingException">
    /// It is absent, not MCAP, cut off, without a summary, or its summary is damaged.
    /// </exception>
    public static McapReader Open(string path)
    {
        var reader = new McapReader(path, OpenFile(path));
        try
        {
            reader.ReadSummary();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    /// <summary>Reads messages in the order of the file.</summary>
    /// <param name="topic">Only this topic; null for all.</param>
    /// <returns>The messages; the content of one is valid until the next is asked for.</returns>
    /// <exception cref="RecordingException">A chunk is damaged.</exception>
    public IEnumerable<McapMessage> ReadMessages(string? topic = null)
    {
        return _chunks.Count > 0 ? ReadChunks(topic) : ReadLoose(topic);
    }

    /// <summary>Reads one attachment.</summary>
    /// <param name="index">Which.</param>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public McapAttachment ReadAttachment(McapAttachmentIndex index)
    {
        MoveTo(index.Offset, McapOpcode.Attachment);
        return AttachmentCheck.TryDecode(
            _scanner.Content, out McapAttachment attachment, out string fault)
            ? attachment
            : throw _scanner.Damaged(Path, fault);
    }

    /// <summary>Reads one metadata record.</summary>
    /// <param name="index">Which.</param>
    /// <exception cref="RecordingException">It is damaged.</exception>
    public McapMetadata ReadMetadata(McapMetadataIndex index)
    {
        MoveTo(index.Offset, McapOpcode.Metadata);
        return RecordDecoder.TryMetadata(_scanner.Content, out McapMetadata metadata)
            ? metadata
            : throw _scanner.Damaged(Path, "a metadata record is malformed");
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    internal static FileStream OpenFile(string path)
    {
        try
        {
            return new FileStream(
                path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException(
                "the recording cannot be opened",
                path,
                found: error.Message.TrimEnd('.'),
                inner: error);
        }
    }

    private static RecordingException NotWhole(string path, string found) => new(
        "this is not a whole MCAP file",
        path,
        "header, data, summary and closing magic",
        found,
        "a recording cut off by a crash is mended by 'hilrig recover FILE'");

    private IEnumerable<McapMessage> ReadChunks(string? topic)
    {
        foreach (McapChunkIndex index in _chunks)
        {
            if (!Holds(index, topic))
            {
                continue;
            }

            LoadChunk(index);
            ChunkRecords records = _chunk.Records;
            while (records.MoveNext())
            {
                if (records.Opcode == McapOpcode.Message
                    && TryMessage(records.Content, topic, out McapMessage message))
                {
                    yield return message;
                }
            }

            if (records.Damaged)
            {
                throw _scanner.Damaged(Path, "a record is cut off by the end of its chunk");
            }
        }
    }

    // A file without chunks has no index: its messages are found by reading it from the start.
    private IEnumerable<McapMessage> ReadLoose(string? topic)
    {
        var scanner = new RecordScanner(_stream);
        while (scanner.MoveNext() && scanner.Opcode != McapOpcode.DataEnd)
        {
            if (scanner.Opcode == McapOpcode.Message
                && TryMessage(scanner.ContentMemory, topic, out McapMessage message))
            {
                yield return message;
            }
        }

        if (scanner.Opcode != McapOpcode.DataEnd)
        {
            throw scanner.Damaged(Path, scanner.Fault ?? "the data section has no end");
        }
    }

    // False for a message of another topic.
    private bool TryMessage(ReadOnlyMemory<byte> content, string? topic, out McapMessage message)
    {
        if (!RecordDecoder.TryMessageHeader(content.Span, out McapMessageHeader header)
            || !_channels.TryGetValue(header.ChannelId, out McapChannel? channel))
        {
            throw _scanner.Damaged(Path, "a message is malformed or names an unknown channel");
        }

        message = new McapMessage(header, channel, content[McapLayout.MessageHeaderBytes..]);
        return topic is null || channel.Topic == topic;
    }

    private bool Holds(McapChunkIndex index, string? topic)
    {
        if (topic is null || index.MessageIndexOffsets.Count == 0)
        {
            return true;
        }

        foreach (ushort id in index.MessageIndexOffsets.Keys)
        {
            if (_channels.TryGetValue(id, out McapChannel? channel) && channel.Topic == topic)
            {
                return true;
            }
        }

        return false;
    }

    private void LoadChunk(McapChunkIndex index)
    {
        MoveTo(index.Offset, McapOpcode.Chunk);
        if (!_chunk.TryLoad(_scanner.Content, out string fault))
        {
            throw _scanner.Damaged(Path, fault);
        }
    }

    private void MoveTo(ulong offset, McapOpcode opcode)
    {
        if (offset > (ulong)_stream.Length)
        {
            throw NotWhole(Path, $"an index that points to byte {offset}, beyond the end");
        }

        _scanner.MoveTo((long)offset);
        if (!_scanner.MoveNext() || _scanner.Opcode != opcode)
        {
            throw NotWhole(Path, $"no {opcode} record at byte {offset}, where an index puts one");
        }
    }

    private void ReadSummary()
    {
        int tailBytes = McapLayout.FooterRecordBytes + McapLayout.Magic.Length;
        if (!_scanner.HasMagic || _stream.Length < McapLayout.Magic.Length + tailBytes)
        {
            throw NotWhole(Path, _scanner.HasMagic ? "an early end" : "no MCAP magic at its start");
        }

        byte[] tail = new byte[tailBytes];
        _stream.Position = _stream.Length - tailBytes;
        _stream.ReadExactly(tail);
        if (!tail.AsSpan(McapLayout.FooterRecordBytes).SequenceEqual(McapLayout.Magic)
            || tail[0] != (byte)McapOpcode.Footer)
        {
            throw NotWhole(Path, "no footer at its end");
        }

        long footer = _stream.Length - tailBytes;
        ulong summary = BinaryPrimitives.ReadUInt64LittleEndian(
            tail.AsSpan(McapLayout.PrefixBytes));
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(
            tail.AsSpan(McapLayout.PrefixBytes + 16));
        if (summary == 0 || summary > (ulong)footer)
        {
            throw NotWhole(Path, summary == 0 ? "no summary" : "a summary beyond the end");
        }

        CheckSummary((long)summary, footer, checksum);
        _scanner.MoveTo((long)summary);
        while (_scanner.MoveNext() && _scanner.Opcode != McapOpcode.Footer)
        {
            if (!TryKeep(_scanner.Opcode, _scanner.Content))
            {
                throw _scanner.Damaged(
                    Path, $"a {_scanner.Opcode} record of the summary is malformed");
            }
        }

        _chunks.Sort((left, right) => left.Offset.CompareTo(right.Offset));
    }

    private void CheckSummary(long summary, long footer, uint checksum)
    {
        long covered = footer + McapLayout.FooterRecordBytes - sizeof(uint) - summary;
        byte[] bytes = new byte[covered];
        _stream.Position = summary;
        _stream.ReadExactly(bytes);
        uint found = Crc32.HashToUInt32(bytes);
        if (checksum != 0 && checksum != found)
        {
            throw NotWhole(
                Path, $"a summary at byte {summary} whose checksum 0x{checksum:X8} does not hold");
        }
    }

    private bool TryKeep(McapOpcode opcode, ReadOnlySpan<byte> content)
    {
        switch (opcode)
        {
            case McapOpcode.Schema when RecordDecoder.TrySchema(content, out McapSchema schema):
                _schemas[schema.Id] = schema;
                return true;
            case McapOpcode.Channel when RecordDecoder.TryChannel(content, out McapChannel channel):
                _channels[channel.Id] = channel;
                return true;
            case McapOpcode.ChunkIndex when RecordDecoder.TryChunkIndex(
                content, out McapChunkIndex chunk):
                _chunks.Add(chunk);
                return true;
            case McapOpcode.AttachmentIndex
                when RecordDecoder.TryAttachmentIndex(content, out McapAttachmentIndex attachment):
                _attachments.Add(attachment);
                return true;
            case McapOpcode.MetadataIndex
                when RecordDecoder.TryMetadataIndex(content, out McapMetadataIndex metadata):
                _metadata.Add(metadata);
                return true;
            case McapOpcode.Statistics
                when RecordDecoder.TryStatistics(content, out McapStatistics statistics):
                Statistics = statistics;
                return true;
            default:
                return opcode is not (
                    McapOpcode.Schema or McapOpcode.Channel or McapOpcode.ChunkIndex
                    or McapOpcode.AttachmentIndex or McapOpcode.MetadataIndex
                    or McapOpcode.Statistics);
        }
    }
}
