namespace HilRig.Recording.Mcap.Records;

/// <summary>A stream of messages of one type on one topic.</summary>
/// <param name="Id">Number within the file.</param>
/// <param name="SchemaId">The schema of its messages; 0 for none.</param>
/// <param name="Topic">Topic, such as "/real/joint_states".</param>
/// <param name="MessageEncoding">What its messages are written in, such as "protobuf".</param>
/// <param name="Metadata">Free remarks.</param>
public sealed record McapChannel(
    ushort Id,
    ushort SchemaId,
    string Topic,
    string MessageEncoding,
    IReadOnlyDictionary<string, string> Metadata);
