namespace HilRig.Cli.Bench.Bulk;

/// <summary>What the bulk bench measured.</summary>
/// <param name="Side">Pixels a side.</param>
/// <param name="RateHertz">Frames a second that the source was asked for.</param>
/// <param name="Seconds">How long it was measured.</param>
/// <param name="Cameras">The cameras.</param>
/// <param name="Collections">Collections of the reader by generation. Shape [3].</param>
/// <param name="AllocatedBytesPerFrame">Managed bytes the reader allocated a frame.</param>
/// <param name="ReaderProcessors">Processor time of the reader over wall time.</param>
/// <param name="SourceProcessors">The source's.</param>
/// <param name="SourceCollections">Generation 2 collections of the source.</param>
/// <param name="SourceMissedTicks">Ticks the source could not begin in their period.</param>
/// <param name="MeetsTarget">Whether every camera was sustained without generation 2.</param>
internal sealed record BulkBenchResult(
    int Side,
    double RateHertz,
    double Seconds,
    IReadOnlyList<BulkCameraResult> Cameras,
    IReadOnlyList<int> Collections,
    double AllocatedBytesPerFrame,
    double ReaderProcessors,
    double SourceProcessors,
    int SourceCollections,
    long SourceMissedTicks,
    bool MeetsTarget);
