namespace HilRig.Recording.Mcap;

/// <summary>How the records of a chunk are compressed.</summary>
public enum McapCompression
{
    /// <summary>Not at all; the compression string in the file is empty.</summary>
    None,

    /// <summary>
    /// One LZ4 frame a chunk, "lz4" in the file. Cheapest for the recorder's thread.
    /// </summary>
    Lz4,

    /// <summary>One Zstandard frame a chunk, "zstd" in the file. Smallest.</summary>
    Zstd,
}
