using HilRig.Recording.Mcap.Records;

namespace HilRig.Recording.Mcap.Encoding;

/// <summary>
/// Reads the content of MCAP records; false when it is too short or malformed. Bytes after the
/// known fields are ignored, as the specification demands.
/// </summary>
internal static class RecordDecoder
{
    public static bool TryHeader(ReadOnlySpan<byte> content, out string profile, out string library)
    {
        var cursor = new RecordCursor(content);
        profile = cursor.ReadString();
        library = cursor.ReadString();
        return !cursor.Failed;
    }

    public static bool TrySchema(ReadOnlySpan<byte> content, out McapSchema schema)
    {
        var cursor = new RecordCursor(content);
        ushort id = cursor.ReadUInt16();
        string name = cursor.ReadString();
        string encoding = cursor.ReadString();
        schema = new McapSchema(
            id, name, encoding, cursor.ReadBytes(cursor.ReadUInt32()).ToArray());
        return !cursor.Failed;
    }

    public static bool TryChannel(ReadOnlySpan<byte> content, out McapChannel channel)
    {
        var cursor = new RecordCursor(content);
        ushort id = cursor.ReadUInt16();
        ushort schemaId = cursor.ReadUInt16();
        string topic = cursor.ReadString();
        string encoding = cursor.ReadString();
        channel = new McapChannel(id, schemaId, topic, encoding, cursor.ReadStringMap());
        return !cursor.Failed;
    }

    public static bool TryMessageHeader(ReadOnlySpan<byte> content, out McapMessageHeader header)
    {
        var cursor = new RecordCursor(content);
        ushort channelId = cursor.ReadUInt16();
        uint sequence = cursor.ReadUInt32();
        ulong logTime = cursor.ReadUInt64();
        header = new McapMessageHeader(channelId, sequence, logTime, cursor.ReadUInt64());
        return !cursor.Failed;
    }

    public static bool TryAttachment(
        ReadOnlySpan<byte> content,
        out McapAttachment attachment,
        out int checkedBytes,
        out uint checksum)
    {
        var cursor = new RecordCursor(content);
        ulong logTime = cursor.ReadUInt64();
        ulong createTime = cursor.ReadUInt64();
        string name = cursor.ReadString();
        string mediaType = cursor.ReadString();
        byte[] bytes = cursor.ReadBytes(cursor.ReadUInt64()).ToArray();
        checkedBytes = cursor.Position;
        checksum = cursor.ReadUInt32();
        attachment = new McapAttachment(name, mediaType, logTime, createTime, bytes);
        return !cursor.Failed;
    }

    public static bool TryMetadata(ReadOnlySpan<byte> content, out McapMetadata metadata)
    {
        var cursor = new RecordCursor(content);
        string name = cursor.ReadString();
        metadata = new McapMetadata(name, cursor.ReadStringMap());
        return !cursor.Failed;
    }

    public static bool TryChunkIndex(ReadOnlySpan<byte> content, out McapChunkIndex index)
    {
        var cursor = new RecordCursor(content);
        index = new McapChunkIndex(
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadNumberMap(),
            cursor.ReadUInt64(),
            cursor.ReadString(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64());
        return !cursor.Failed;
    }

    public static bool TryAttachmentIndex(ReadOnlySpan<byte> content, out McapAttachmentIndex index)
    {
        var cursor = new RecordCursor(content);
        index = new McapAttachmentIndex(
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadString(),
            cursor.ReadString());
        return !cursor.Failed;
    }

    public static bool TryMetadataIndex(ReadOnlySpan<byte> content, out McapMetadataIndex index)
    {
        var cursor = new RecordCursor(content);
        index = new McapMetadataIndex(
            cursor.ReadUInt64(), cursor.ReadUInt64(), cursor.ReadString());
        return !cursor.Failed;
    }

    public static bool TryStatistics(ReadOnlySpan<byte> content, out McapStatistics statistics)
    {
        var cursor = new RecordCursor(content);
        statistics = new McapStatistics(
            cursor.ReadUInt64(),
            cursor.ReadUInt16(),
            cursor.ReadUInt32(),
            cursor.ReadUInt32(),
            cursor.ReadUInt32(),
            cursor.ReadUInt32(),
            cursor.ReadUInt64(),
            cursor.ReadUInt64(),
            cursor.ReadNumberMap());
        return !cursor.Failed;
    }
}
