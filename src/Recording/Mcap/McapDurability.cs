namespace HilRig.Recording.Mcap;

/// <summary>What a finished chunk survives.</summary>
public enum McapDurability
{
    /// <summary>
    /// The death of the process (kill -9): each chunk is handed to the operating system when it is
    /// finished. The file is synchronised with the disk once, when it is closed.
    /// </summary>
    ProcessDeath,

    /// <summary>Power loss too: the file is synchronised with the disk after every chunk.</summary>
    PowerLoss,
}
