namespace HilRig.Recording.Mcap.Records;

/// <summary>What a file holds, counted.</summary>
/// <param name="MessageCount">Messages.</param>
/// <param name="SchemaCount">Different schemas.</param>
/// <param name="ChannelCount">Different channels.</param>
/// <param name="AttachmentCount">Attachments.</param>
/// <param name="MetadataCount">Metadata records.</param>
/// <param name="ChunkCount">Chunks.</param>
/// <param name="MessageStartTime">Earliest log time; 0 without messages.</param>
/// <param name="MessageEndTime">Latest log time; 0 without messages.</param>
/// <param name="ChannelMessageCounts">Messages of each channel.</param>
public sealed record McapStatistics(
    ulong MessageCount,
    ushort SchemaCount,
    uint ChannelCount,
    uint AttachmentCount,
    uint MetadataCount,
    uint ChunkCount,
    ulong MessageStartTime,
    ulong MessageEndTime,
    IReadOnlyDictionary<ushort, ulong> ChannelMessageCounts);
