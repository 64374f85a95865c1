namespace HilRig.Recording.Mcap;

/// <summary>How a recording is laid out and how much a crash may cost.</summary>
public sealed record McapWriterOptions
{
    /// <summary>Name of the conventions the file follows; empty for none. Default empty.</summary>
    public string Profile { get; init; } = "";

    /// <summary>What wrote the file, for people who debug it.</summary>
    public string Library { get; init; } = "HilRig.Recording";

    /// <summary>Compression of the chunks. Default LZ4.</summary>
    public McapCompression Compression { get; init; } = McapCompression.Lz4;

    /// <summary>
    /// A chunk is finished when its uncompressed records reach this size, 1 KiB to 64 MiB. Default
    /// 1 MiB; readers hold a whole chunk in memory, so viewers advise at most 4 MiB.
    /// </summary>
    public int ChunkBytes { get; init; } = 1 << 20;

    /// <summary>
    /// A chunk is finished when its messages span this much log time, so that a crash costs at
    /// most this much. Positive; default 1 s.
    /// </summary>
    public TimeSpan ChunkSpan { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What a finished chunk survives. Default the death of the process.</summary>
    public McapDurability Durability { get; init; } = McapDurability.ProcessDeath;

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentException">
    /// One or more are out of range; the message lists all.
    /// </exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (ChunkBytes is < 1024 or > 64 << 20)
        {
            faults.Add($"ChunkBytes is {ChunkBytes}, expected 1024 to {64 << 20}");
        }

        if (ChunkSpan <= TimeSpan.Zero)
        {
            faults.Add($"ChunkSpan is {ChunkSpan}, expected more than 0");
        }

        if (!Enum.IsDefined(Compression))
        {
            faults.Add($"Compression is {(int)Compression}, expected None, Lz4 or Zstd");
        }

        if (!Enum.IsDefined(Durability))
        {
            faults.Add($"Durability is {(int)Durability}, expected ProcessDeath or PowerLoss");
        }

        if (faults.Count > 0)
        {
            throw new ArgumentException("MCAP writer options: " + string.Join("; ", faults) + ".");
        }
    }
}
