namespace HilRig.Cli.Bench.Bulk;

/// <summary>What one camera of the bulk bench came to.</summary>
/// <param name="Lane">shared memory or zeromq.</param>
/// <param name="FramesPerSecond">Whole frames that the reader looked at, a second.</param>
/// <param name="MegabytesPerSecond">Their bytes, MB/s.</param>
/// <param name="Dropped">Frames between the first and the last that the reader never saw.</param>
/// <param name="Torn">Frames overwritten while they were looked at.</param>
/// <param name="AgeP50Milliseconds">Median from capture to the end of the look.</param>
/// <param name="AgeMaxMilliseconds">The longest.</param>
internal sealed record BulkCameraResult(
    string Lane,
    double FramesPerSecond,
    double MegabytesPerSecond,
    long Dropped,
    long Torn,
    double AgeP50Milliseconds,
    double AgeMaxMilliseconds);
