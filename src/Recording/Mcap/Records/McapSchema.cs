namespace HilRig.Recording.Mcap.Records;

/// <summary>Describes the messages of the channels that name it.</summary>
/// <param name="Id">Number within the file, never 0.</param>
/// <param name="Name">Name of the message type, such as "foxglove.JointStates".</param>
/// <param name="Encoding">
/// What <paramref name="Content"/> is written in, such as "protobuf".
/// </param>
/// <param name="Content">
/// The schema itself; for Protobuf a FileDescriptorSet with all imports.
/// </param>
public sealed record McapSchema(
    ushort Id, string Name, string Encoding, ReadOnlyMemory<byte> Content);
