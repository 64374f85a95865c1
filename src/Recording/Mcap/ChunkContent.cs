using System.IO.Hashing;
using HilRig.Recording.Mcap.Compression;
using HilRig.Recording.Mcap.Encoding;

namespace HilRig.Recording.Mcap;

/// <summary>Header and decompressed records of one chunk; the buffer is reused.</summary>
internal sealed class ChunkContent
{
    private readonly RecordBuffer _records = new(1 << 16);

    public ulong MessageStartTime { get; private set; }

    public ulong MessageEndTime { get; private set; }

    public string Compression { get; private set; } = "";

    public ulong CompressedBytes { get; private set; }

    public ulong UncompressedBytes { get; private set; }

    public ChunkRecords Records => new(_records.WrittenMemory);

    /// <summary>Decodes a chunk and checks size and checksum.</summary>
    /// <param name="content">Content of the chunk record.</param>
    /// <param name="fault">What is wrong with it.</param>
    public bool TryLoad(ReadOnlySpan<byte> content, out string fault)
    {
        var cursor = new RecordCursor(content);
        MessageStartTime = cursor.ReadUInt64();
        MessageEndTime = cursor.ReadUInt64();
        UncompressedBytes = cursor.ReadUInt64();
        uint checksum = cursor.ReadUInt32();
        Compression = cursor.ReadString();
        ReadOnlySpan<byte> packed = cursor.ReadBytes(cursor.ReadUInt64());
        CompressedBytes = (ulong)packed.Length;
        if (cursor.Failed)
        {
            fault = "a chunk is shorter than its fields";
            return false;
        }

        if (!ChunkDecompressor.TryDecompress(
            Compression, packed, UncompressedBytes, _records, out fault))
        {
            return false;
        }

        uint found = Crc32.HashToUInt32(_records.Written);
        if (checksum != 0 && checksum != found)
        {
            fault = $"a chunk's checksum is 0x{found:X8} where 0x{checksum:X8} is stated";
            return false;
        }

        return true;
    }
}
