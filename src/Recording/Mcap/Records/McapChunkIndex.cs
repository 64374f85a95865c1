namespace HilRig.Recording.Mcap.Records;

/// <summary>Where a chunk lies and what it spans.</summary>
/// <param name="MessageStartTime">Earliest log time in it; 0 without messages.</param>
/// <param name="MessageEndTime">Latest log time in it; 0 without messages.</param>
/// <param name="Offset">Offset of the chunk record in the file.</param>
/// <param name="LengthBytes">Length of the chunk record with opcode and length prefix.</param>
/// <param name="MessageIndexOffsets">Offset of each channel's message index record.</param>
/// <param name="MessageIndexBytes">Length of all message index records behind the chunk.</param>
/// <param name="Compression">"", "lz4" or "zstd".</param>
/// <param name="CompressedBytes">Size of the records as they lie in the file.</param>
/// <param name="UncompressedBytes">Size of the records once decompressed.</param>
public sealed record McapChunkIndex(
    ulong MessageStartTime,
    ulong MessageEndTime,
    ulong Offset,
    ulong LengthBytes,
    IReadOnlyDictionary<ushort, ulong> MessageIndexOffsets,
    ulong MessageIndexBytes,
    string Compression,
    ulong CompressedBytes,
    ulong UncompressedBytes);
