using HilRig.Core.Errors;
using HilRig.Recording.Mcap.Encoding;
using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap;

/// <summary>
/// Makes a whole file of a recording that was cut off: keeps the longest prefix in which every
/// record and checksum holds, and writes indexes and summary anew.
/// </summary>
public sealed class McapRecovery
{
    private readonly RecordScanner _scanner;
    private readonly PartialFile _target;
    private readonly SummaryBuilder _summary = new();
    private readonly RecordBuffer _buffer = new(1 << 20);
    private readonly ChunkContent _chunk = new();
    private readonly MessageIndexes _indexes = new();
    private string? _damage;

    private McapRecovery(RecordScanner scanner, PartialFile target)
    {
        _scanner = scanner;
        _target = target;
    }

    /// <summary>Recovers a recording.</summary>
    /// <param name="path">The damaged file; it is only read.</param>
    /// <param name="outPath">The whole file to make; it must not exist.</param>
    /// <exception cref="RecordingException">
    /// There is no such file, it is not MCAP at all, or the new file cannot be written.
    /// </exception>
    public static McapRecoveryReport Recover(string path, string outPath)
    {
        using FileStream source = McapReader.OpenFile(path);
        var scanner = new RecordScanner(source);
        if (!scanner.HasMagic || !scanner.MoveNext() || scanner.Opcode != McapOpcode.Header
            || !RecordDecoder.TryHeader(scanner.Content, out _, out _))
        {
            throw new RecordingException(
                "nothing can be recovered", path, "an MCAP file", "no MCAP header at its start");
        }

        using PartialFile target = PartialFile.Create(outPath);
        var recovery = new McapRecovery(scanner, target);
        long verifiedBytes = recovery.CopyVerified();
        target.Complete(recovery._buffer, recovery._summary);
        return new McapRecoveryReport(
            recovery._summary.MessageCount,
            recovery._summary.ChunkCount,
            verifiedBytes,
            source.Length,
            recovery._damage);
    }

    private long CopyVerified()
    {
        _buffer.AppendBytes(McapLayout.Magic);
        CopyRecord();
        long verified = _scanner.End;
        while (_scanner.MoveNext())
        {
            if (_scanner.Opcode is McapOpcode.DataEnd or McapOpcode.Footer)
            {
                return _scanner.End;
            }

            if (!TryKeep(out string fault))
            {
                _damage = $"{fault}, at byte {_scanner.Offset}";
                return verified;
            }

            verified = _scanner.End;
        }

        _damage = $"{_scanner.Fault ?? "the file ends without a summary"}, at byte {_scanner.End}";
        return verified;
    }

    private bool TryKeep(out string fault)
    {
        fault = "";
        switch (_scanner.Opcode)
        {
            case McapOpcode.Chunk:
                return TryKeepChunk(out fault);
            case McapOpcode.MessageIndex:
                // Written anew behind each chunk.
                return true;
            case McapOpcode.Attachment:
                return TryKeepAttachment(out fault);
            case McapOpcode.Metadata when RecordDecoder.TryMetadata(
                _scanner.Content, out McapMetadata metadata):
                ulong start = _target.Offset;
                CopyRecord();
                _summary.AddMetadata(
                    new McapMetadataIndex(start, _target.Offset - start, metadata.Name));
                return true;
            case McapOpcode.Metadata:
                fault = "a metadata record is malformed";
                return false;
            default:
                if (!TryCount(_scanner.Opcode, _scanner.Content, 0, out fault))
                {
                    return false;
                }

                CopyRecord();
                return true;
        }
    }

    private bool TryKeepChunk(out string fault)
    {
        if (!_chunk.TryLoad(_scanner.Content, out fault))
        {
            return false;
        }

        // First pass: nothing of a chunk is counted unless all of it holds.
        if (!ChunkCheck.TryPass(_chunk, _summary.Channels, out fault))
        {
            return false;
        }

        _indexes.Clear();
        ChunkRecords records = _chunk.Records;
        while (records.MoveNext())
        {
            TryCount(records.Opcode, records.Content.Span, (ulong)records.Offset, out _);
        }

        ulong start = _target.Offset;
        _buffer.AppendBytes(_scanner.Prefix);
        _buffer.AppendBytes(_scanner.Content);
        int chunkBytes = _buffer.Length;
        Dictionary<ushort, ulong> places = _indexes.AppendTo(_buffer, start);
        _summary.AddChunk(new McapChunkIndex(
            _chunk.MessageStartTime,
            _chunk.MessageEndTime,
            start,
            (ulong)chunkBytes,
            places,
            (ulong)(_buffer.Length - chunkBytes),
            _chunk.Compression,
            _chunk.CompressedBytes,
            _chunk.UncompressedBytes));
        _target.Append(_buffer);
        return true;
    }

    private bool TryKeepAttachment(out string fault)
    {
        if (!AttachmentCheck.TryDecode(_scanner.Content, out McapAttachment attachment, out fault))
        {
            return false;
        }

        ulong start = _target.Offset;
        CopyRecord();
        _summary.AddAttachment(new McapAttachmentIndex(
            start,
            _target.Offset - start,
            attachment.LogTime,
            attachment.CreateTime,
            (ulong)attachment.Content.Length,
            attachment.Name,
            attachment.MediaType));
        return true;
    }

    private bool TryCount(
        McapOpcode opcode, ReadOnlySpan<byte> content, ulong offset, out string fault)
    {
        fault = "";
        if (opcode == McapOpcode.Schema && RecordDecoder.TrySchema(content, out McapSchema schema))
        {
            _summary.AddSchema(schema);
        }
        else if (opcode == McapOpcode.Channel
            && RecordDecoder.TryChannel(content, out McapChannel channel))
        {
            _summary.AddChannel(channel);
        }
        else if (opcode == McapOpcode.Message
            && RecordDecoder.TryMessageHeader(content, out McapMessageHeader header)
            && _summary.Channels.Exists(known => known.Id == header.ChannelId))
        {
            _summary.CountMessage(header);
            _indexes.Add(header.ChannelId, header.LogTime, offset);
        }
        else if (opcode is McapOpcode.Schema or McapOpcode.Channel or McapOpcode.Message)
        {
            fault = $"a {opcode} record is malformed or names an unknown channel";
            return false;
        }

        return true;
    }

    private void CopyRecord()
    {
        _buffer.AppendBytes(_scanner.Prefix);
        _buffer.AppendBytes(_scanner.Content);
        _target.Append(_buffer);
    }
}
