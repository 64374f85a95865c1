namespace HilRig.Recording.Mcap.Records;

/// <summary>A message as read back.</summary>
/// <param name="Header">Channel, counter and times.</param>
/// <param name="Channel">The channel it belongs to.</param>
/// <param name="Content">Its bytes, valid until the reader goes on to the next message.</param>
public readonly record struct McapMessage(
    McapMessageHeader Header, McapChannel Channel, ReadOnlyMemory<byte> Content);
