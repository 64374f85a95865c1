namespace HilRig.Bridge.Host;

/// <summary>How old values were when they were taken.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50Nanoseconds">Median, ns, within 13 %; 0 for none.</param>
/// <param name="P99Nanoseconds">99th percentile, ns, within 13 %; 0 for none.</param>
/// <param name="MaxNanoseconds">The oldest, ns; 0 for none.</param>
public readonly record struct AgeFigures(
    long Count, long P50Nanoseconds, long P99Nanoseconds, long MaxNanoseconds);
