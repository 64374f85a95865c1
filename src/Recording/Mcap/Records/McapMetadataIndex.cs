namespace HilRig.Recording.Mcap.Records;

/// <summary>Where a metadata record lies.</summary>
/// <param name="Offset">Offset of the record in the file.</param>
/// <param name="LengthBytes">Length of the record with opcode and length prefix.</param>
/// <param name="Name">Name of the record.</param>
public sealed record McapMetadataIndex(ulong Offset, ulong LengthBytes, string Name);
