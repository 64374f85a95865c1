namespace HilRig.Recording.Mcap.Records;

/// <summary>Where an attachment lies.</summary>
/// <param name="Offset">Offset of the attachment record in the file.</param>
/// <param name="LengthBytes">Length of the record with opcode and length prefix.</param>
/// <param name="LogTime">When it was put into the recording.</param>
/// <param name="CreateTime">When it was made; 0 when not known.</param>
/// <param name="ContentBytes">Size of the attached file.</param>
/// <param name="Name">File name.</param>
/// <param name="MediaType">Media type.</param>
public sealed record McapAttachmentIndex(
    ulong Offset,
    ulong LengthBytes,
    ulong LogTime,
    ulong CreateTime,
    ulong ContentBytes,
    string Name,
    string MediaType);
