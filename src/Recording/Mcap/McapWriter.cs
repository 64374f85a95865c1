using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Writes an MCAP file (mcap.dev/spec): indexed chunks, attachments, metadata, statistics and every
/// checksum. For one thread. A file grows as NAME.partial and gets its name in
/// <see cref="Complete"/>, so a file that carries its name is whole; <see cref="McapRecovery"/>
/// mends a partial one.
/// </summary>
public sealed class McapWriter : IDisposable
{
    private readonly PartialFile _file;
    private readonly McapWriterOptions _options;
    private readonly ulong _chunkSpanNanoseconds;
    private readonly ChunkBuilder _chunk;
    private readonly SummaryBuilder _summary = new();
    private readonly RecordBuffer _buffer;

    /// <summary>Writes to a stream, which is disposed with the writer.</summary>
    /// <param name="stream">Where to write; read nor seek is needed.</param>
    /// <param name="options">Layout; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="RecordingException">The header cannot be written.</exception>
    public McapWriter(Stream stream, McapWriterOptions? options = null)
        : this(new PartialFile(stream), options)
    {
    }

    private McapWriter(PartialFile file, McapWriterOptions? options)
    {
        _file = file;
        _options = options ?? new McapWriterOptions();
        _options.Validate();
        _file.SynchronisesAlways = _options.Durability == McapDurability.PowerLoss;
        _chunkSpanNanoseconds = (ulong)_options.ChunkSpan.TotalNanoseconds;
        int capacityBytes = _options.ChunkBytes + (_options.ChunkBytes / 4);
        _chunk = new ChunkBuilder(_options.Compression, capacityBytes);
        _buffer = new RecordBuffer(capacityBytes);
        _buffer.AppendBytes(McapLayout.Magic);
        RecordEncoder.Header(_buffer, _options.Profile, _options.Library);
        _file.Append(_buffer);
    }

    /// <summary>Bytes handed to the stream so far.</summary>
    public long WrittenBytes => (long)_file.Offset;

    /// <summary>Creates PATH.partial, to become PATH in <see cref="Complete"/>.</summary>
    /// <param name="path">The file to make; its folder exists.</param>
    /// <param name="options">Layout; null for the defaults.</param>
    /// <exception cref="RecordingException">The file exists already or cannot be made.</exception>
    public static McapWriter Create(string path, McapWriterOptions? options = null) =>
        new(PartialFile.Create(path), options);

    /// <summary>Name that the file carries until it is whole.</summary>
    /// <param name="path">Name of the whole file.</param>
    public static string PartialPath(string path) => PartialFile.PathFor(path);

    /// <summary>Adds a schema.</summary>
    /// <param name="name">Name of the message type.</param>
    /// <param name="encoding">What the schema is written in.</param>
    /// <param name="content">The schema.</param>
    /// <returns>Its number within the file; the first is 1.</returns>
    public ushort AddSchema(string name, string encoding, ReadOnlyMemory<byte> content)
    {
        var schema = new McapSchema((ushort)(_summary.Schemas.Count + 1), name, encoding, content);
        _summary.AddSchema(schema);
        _chunk.AddSchema(schema);
        return schema.Id;
    }

    /// <summary>Adds a channel.</summary>
    /// <param name="schemaId">Schema of its messages; 0 for none.</param>
    /// <param name="topic">Topic.</param>
    /// <param name="messageEncoding">What its messages are written in.</param>
    /// <param name="metadata">Free remarks; null for none.</param>
    /// <returns>Its number within the file; the first is 1.</returns>
    /// <exception cref="ArgumentException">There is no such schema.</exception>
    public ushort AddChannel(
        ushort schemaId,
        string topic,
        string messageEncoding,
        IReadOnlyDictionary<string, string>? metadata = null)
    {
        if (schemaId > _summary.Schemas.Count)
        {
            throw new ArgumentException($"There is no schema {schemaId}.", nameof(schemaId));
        }

        var channel = new McapChannel(
            (ushort)(_summary.Channels.Count + 1),
            schemaId,
            topic,
            messageEncoding,
            metadata ?? new Dictionary<string, string>());
        _summary.AddChannel(channel);
        _chunk.AddChannel(channel);
        return channel.Id;
    }

    /// <summary>Appends a message.</summary>
    /// <param name="header">Channel, counter and times.</param>
    /// <param name="content">Its bytes.</param>
    /// <exception cref="RecordingException">A finished chunk could not be written.</exception>
    public void Write(in McapMessageHeader header, ReadOnlySpan<byte> content) =>
        content.CopyTo(Reserve(header, content.Length));

    /// <summary>
    /// Appends a message whose content the caller fills in before any other call.
    /// </summary>
    /// <param name="header">Channel, counter and times.</param>
    /// <param name="contentBytes">Size of the content.</param>
    /// <returns>The bytes to fill, within the chunk; no copy follows.</returns>
    /// <exception cref="ArgumentException">There is no such channel.</exception>
    /// <exception cref="RecordingException">A finished chunk could not be written.</exception>
    public Span<byte> Reserve(in McapMessageHeader header, int contentBytes)
    {
        if (header.ChannelId == 0 || header.ChannelId > _summary.Channels.Count)
        {
            throw new ArgumentException($"There is no channel {header.ChannelId}.", nameof(header));
        }

        if (_chunk.Bytes >= _options.ChunkBytes
            || (_chunk.MessageCount > 0 && header.LogTime > _chunk.FirstLogTime
                && header.LogTime - _chunk.FirstLogTime >= _chunkSpanNanoseconds))
        {
            Flush();
        }

        _summary.CountMessage(header);
        return _chunk.AddMessage(header, contentBytes);
    }

    /// <summary>Adds an attachment, at once.</summary>
    /// <param name="attachment">The file to keep.</param>
    /// <exception cref="RecordingException">It could not be written.</exception>
    public void AddAttachment(McapAttachment attachment)
    {
        ulong start = _file.Offset;
        RecordEncoder.Attachment(_buffer, attachment);
        _file.Append(_buffer);
        _summary.AddAttachment(new McapAttachmentIndex(
            start,
            _file.Offset - start,
            attachment.LogTime,
            attachment.CreateTime,
            (ulong)attachment.Content.Length,
            attachment.Name,
            attachment.MediaType));
    }

    /// <summary>Adds a metadata record, at once.</summary>
    /// <param name="metadata">The record.</param>
    /// <exception cref="RecordingException">It could not be written.</exception>
    public void AddMetadata(McapMetadata metadata)
    {
        ulong start = _file.Offset;
        RecordEncoder.Metadata(_buffer, metadata);
        _file.Append(_buffer);
        _summary.AddMetadata(new McapMetadataIndex(start, _file.Offset - start, metadata.Name));
    }

    /// <summary>
    /// Finishes the chunk under way, so that it survives what the options promise.
    /// </summary>
    /// <exception cref="RecordingException">It could not be written.</exception>
    public void Flush()
    {
        if (_chunk.Bytes > 0)
        {
            McapChunkIndex index = _chunk.Finish(_buffer, _file.Offset);
            _file.Append(_buffer);
            _summary.AddChunk(index);
        }
    }

    /// <summary>
    /// Writes the rest and the summary, synchronises with the disk, and names the file.
    /// </summary>
    /// <exception cref="RecordingException">
    /// It could not be written; the file stays partial, cut back to its last whole record.
    /// </exception>
    public void Complete()
    {
        Flush();
        _file.Complete(_buffer, _summary);
    }

    /// <summary>Closes the file. Without <see cref="Complete"/> it stays partial.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _chunk.Dispose();
    }
}
