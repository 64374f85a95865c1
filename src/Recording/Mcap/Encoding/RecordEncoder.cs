using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap.Encoding;

/// <summary>
/// Appends whole MCAP records to a buffer, fields in the order of the specification.
/// </summary>
internal static class RecordEncoder
{
    public static void Header(RecordBuffer buffer, string profile, string library)
    {
        int start = buffer.BeginRecord(McapOpcode.Header);
        buffer.AppendString(profile);
        buffer.AppendString(library);
        buffer.EndRecord(start);
    }

    public static void Schema(RecordBuffer buffer, McapSchema schema)
    {
        int start = buffer.BeginRecord(McapOpcode.Schema);
        buffer.AppendUInt16(schema.Id);
        buffer.AppendString(schema.Name);
        buffer.AppendString(schema.Encoding);
        buffer.AppendUInt32((uint)schema.Content.Length);
        buffer.AppendBytes(schema.Content.Span);
        buffer.EndRecord(start);
    }

    public static void Channel(RecordBuffer buffer, McapChannel channel)
    {
        int start = buffer.BeginRecord(McapOpcode.Channel);
        buffer.AppendUInt16(channel.Id);
        buffer.AppendUInt16(channel.SchemaId);
        buffer.AppendString(channel.Topic);
        buffer.AppendString(channel.MessageEncoding);
        buffer.AppendMap(channel.Metadata);
        buffer.EndRecord(start);
    }

    /// <summary>Appends all but the content of a message, which the caller fills in.</summary>
    public static Span<byte> Message(
        RecordBuffer buffer, in McapMessageHeader header, int contentBytes)
    {
        buffer.AppendByte((byte)McapOpcode.Message);
        buffer.AppendUInt64((ulong)(McapLayout.MessageHeaderBytes + contentBytes));
        buffer.AppendUInt16(header.ChannelId);
        buffer.AppendUInt32(header.Sequence);
        buffer.AppendUInt64(header.LogTime);
        buffer.AppendUInt64(header.PublishTime);
        return buffer.Append(contentBytes);
    }

    public static void Attachment(RecordBuffer buffer, McapAttachment attachment)
    {
        int start = buffer.BeginRecord(McapOpcode.Attachment);
        int content = buffer.Length;
        buffer.AppendUInt64(attachment.LogTime);
        buffer.AppendUInt64(attachment.CreateTime);
        buffer.AppendString(attachment.Name);
        buffer.AppendString(attachment.MediaType);
        buffer.AppendUInt64((ulong)attachment.Content.Length);
        buffer.AppendBytes(attachment.Content.Span);
        buffer.AppendUInt32(buffer.ChecksumFrom(content));
        buffer.EndRecord(start);
    }

    public static void Metadata(RecordBuffer buffer, McapMetadata metadata)
    {
        int start = buffer.BeginRecord(McapOpcode.Metadata);
        buffer.AppendString(metadata.Name);
        buffer.AppendMap(metadata.Entries);
        buffer.EndRecord(start);
    }

    public static void ChunkIndex(RecordBuffer buffer, McapChunkIndex index)
    {
        int start = buffer.BeginRecord(McapOpcode.ChunkIndex);
        buffer.AppendUInt64(index.MessageStartTime);
        buffer.AppendUInt64(index.MessageEndTime);
        buffer.AppendUInt64(index.Offset);
        buffer.AppendUInt64(index.LengthBytes);
        buffer.AppendMap(index.MessageIndexOffsets);
        buffer.AppendUInt64(index.MessageIndexBytes);
        buffer.AppendString(index.Compression);
        buffer.AppendUInt64(index.CompressedBytes);
        buffer.AppendUInt64(index.UncompressedBytes);
        buffer.EndRecord(start);
    }

    public static void AttachmentIndex(RecordBuffer buffer, McapAttachmentIndex index)
    {
        int start = buffer.BeginRecord(McapOpcode.AttachmentIndex);
        buffer.AppendUInt64(index.Offset);
        buffer.AppendUInt64(index.LengthBytes);
        buffer.AppendUInt64(index.LogTime);
        buffer.AppendUInt64(index.CreateTime);
        buffer.AppendUInt64(index.ContentBytes);
        buffer.AppendString(index.Name);
        buffer.AppendString(index.MediaType);
        buffer.EndRecord(start);
    }

    public static void MetadataIndex(RecordBuffer buffer, McapMetadataIndex index)
    {
        int start = buffer.BeginRecord(McapOpcode.MetadataIndex);
        buffer.AppendUInt64(index.Offset);
        buffer.AppendUInt64(index.LengthBytes);
        buffer.AppendString(index.Name);
        buffer.EndRecord(start);
    }

    public static void Statistics(RecordBuffer buffer, McapStatistics statistics)
    {
        int start = buffer.BeginRecord(McapOpcode.Statistics);
        buffer.AppendUInt64(statistics.MessageCount);
        buffer.AppendUInt16(statistics.SchemaCount);
        buffer.AppendUInt32(statistics.ChannelCount);
        buffer.AppendUInt32(statistics.AttachmentCount);
        buffer.AppendUInt32(statistics.MetadataCount);
        buffer.AppendUInt32(statistics.ChunkCount);
        buffer.AppendUInt64(statistics.MessageStartTime);
        buffer.AppendUInt64(statistics.MessageEndTime);
        buffer.AppendMap(statistics.ChannelMessageCounts);
        buffer.EndRecord(start);
    }

    public static void SummaryOffset(
        RecordBuffer buffer, McapOpcode group, ulong groupStart, ulong groupBytes)
    {
        int start = buffer.BeginRecord(McapOpcode.SummaryOffset);
        buffer.AppendByte((byte)group);
        buffer.AppendUInt64(groupStart);
        buffer.AppendUInt64(groupBytes);
        buffer.EndRecord(start);
    }

    public static void DataEnd(RecordBuffer buffer, uint dataChecksum)
    {
        int start = buffer.BeginRecord(McapOpcode.DataEnd);
        buffer.AppendUInt32(dataChecksum);
        buffer.EndRecord(start);
    }
}
