namespace HilRig.Learning.Benches;

/// <summary>What the bench of updates saw; medians over its rounds.</summary>
/// <param name="UpdatesPerCpuSecond">Ours.</param>
/// <param name="PeerUpdatesPerCpuSecond">The peer's; null without one.</param>
/// <param name="Ratio">Ours by the peer's of the same round; null without one.</param>
/// <param name="BytesPerUpdate">Managed bytes allocated an update.</param>
/// <param name="IsCpuTime">Whether it is processor time; wall time where there is none.</param>
internal sealed record UpdateBenchResult(
    double UpdatesPerCpuSecond,
    double? PeerUpdatesPerCpuSecond,
    double? Ratio,
    double BytesPerUpdate,
    bool IsCpuTime);
