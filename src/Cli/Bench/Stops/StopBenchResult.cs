using System.Text.Json.Serialization;

namespace HilRig.Cli.Bench.Stops;

/// <summary>What the stop bench measured; times from the emulator's stamps.</summary>
/// <param name="Rig">Name of the rig.</param>
/// <param name="Seed">Seed of the instants.</param>
/// <param name="DeadmanMilliseconds">The rig's deadman, ms.</param>
/// <param name="TargetMilliseconds">What the longest stop must not exceed, ms.</param>
/// <param name="PeakRadiansPerSecond">Fastest goal of the motion, rad/s.</param>
/// <param name="Causes">Figures, cause by cause.</param>
/// <param name="All">Figures of all kills.</param>
/// <param name="MeetsTarget">
/// Whether every kill was stopped within the target, confirmed, and left no process behind.
/// </param>
internal sealed record StopBenchResult(
    string Rig,
    int Seed,
    [property: JsonPropertyName("deadman_ms")] double DeadmanMilliseconds,
    [property: JsonPropertyName("target_ms")] double TargetMilliseconds,
    [property: JsonPropertyName("peak_rad_s")] double PeakRadiansPerSecond,
    IReadOnlyList<StopBenchRow> Causes,
    StopBenchRow All,
    bool MeetsTarget);
