namespace HilRig.Learning.Onnx;

/// <summary>Time of one call of a policy's graph.</summary>
/// <param name="P50Microseconds">Median.</param>
/// <param name="P99Microseconds">99th percentile.</param>
/// <param name="BytesPerCall">Bytes allocated on the managed heap.</param>
internal sealed record LatencyFigures(
    double P50Microseconds, double P99Microseconds, double BytesPerCall);
