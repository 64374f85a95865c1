using HilRig.Harness.Results;

namespace HilRig.Cli.Bench.Stops;

/// <summary>What one kill showed.</summary>
/// <param name="Cause">What was done.</param>
/// <param name="Stop">How the rig stopped; null when nobody stopped it.</param>
/// <param name="LeftBehind">Roles of processes that still lived at the end.</param>
internal sealed record StopSample(
    StopBenchCause Cause, StopReport? Stop, IReadOnlyList<string> LeftBehind)
{
    /// <summary>
    /// Whether the rig stopped before the kill or for another reason, as on a machine that is too
    /// busy. Its time says nothing of the cause.
    /// </summary>
    public bool IsDisturbed => Stop is { } stop
        && (stop.DecidedAfterMilliseconds < 0 || stop.Cause != StopBenchFaults.ReasonOf(Cause));
}
