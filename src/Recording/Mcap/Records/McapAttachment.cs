namespace HilRig.Recording.Mcap.Records;

/// <summary>A file kept inside a recording, such as the scenario it was made with.</summary>
/// <param name="Name">File name.</param>
/// <param name="MediaType">Media type, such as "text/yaml".</param>
/// <param name="LogTime">When it was put into the recording, ns of the file's epoch.</param>
/// <param name="CreateTime">When it was made, ns of the file's epoch; 0 when not known.</param>
/// <param name="Content">Its bytes.</param>
public sealed record McapAttachment(
    string Name, string MediaType, ulong LogTime, ulong CreateTime, ReadOnlyMemory<byte> Content);
