namespace HilRig.Recording.Mcap.Records;

/// <summary>What stands before the bytes of a message.</summary>
/// <param name="ChannelId">The channel it belongs to.</param>
/// <param name="Sequence">Counter of the channel, to find gaps; 0 when unused.</param>
/// <param name="LogTime">When it was recorded, ns of the file's epoch.</param>
/// <param name="PublishTime">When its content was due or sampled, ns of the file's epoch.</param>
public readonly record struct McapMessageHeader(
    ushort ChannelId, uint Sequence, ulong LogTime, ulong PublishTime);
