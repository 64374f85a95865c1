namespace HilRig.Recording.Mcap.Encoding;

/// <summary>
/// Fixed facts of the MCAP format (mcap.dev/spec): a file is magic, records, magic; a record is
/// opcode u8, length u64, content; all little-endian.
/// </summary>
internal static class McapLayout
{
    /// <summary>Opcode and length of a record.</summary>
    public const int PrefixBytes = 9;

    /// <summary>Channel id, sequence and two times of a message.</summary>
    public const int MessageHeaderBytes = 2 + 4 + 8 + 8;

    /// <summary>A whole footer record.</summary>
    public const int FooterRecordBytes = PrefixBytes + 8 + 8 + 4;

    /// <summary>First and last eight bytes of a file.</summary>
    public static ReadOnlySpan<byte> Magic =>
        [0x89, (byte)'M', (byte)'C', (byte)'A', (byte)'P', 0x30, 0x0D, 0x0A];

    /// <summary>The string that names a compression in the file.</summary>
    public static string NameOf(McapCompression compression) => compression switch
    {
        McapCompression.None => "",
        McapCompression.Lz4 => "lz4",
        McapCompression.Zstd => "zstd",
    };
}
