using HilRig.Harness.Results;

namespace HilRig.Cli.Bench.Stops;

/// <summary>What one kill showed.</summary>
/// <param name="Cause">What was done.</param>
/// <param name="Stop">How the rig stopped; null when nobody stopped it.</param>
/// <param name="LeftBehind">Roles of processes that still lived at the end.</param>
internal sealed record StopSample(
    StopBenchCause Cause, StopReport? Stop, IReadOnlyList<string> LeftBehind);
