using System.Text.Json.Serialization;

namespace HilRig.Rig.Doctor;

/// <summary>What was measured on this machine; null where it could not be.</summary>
public sealed record DoctorMeasurements
{
    /// <summary>Wake-up at 1 kHz as SCHED_FIFO; null where that is refused.</summary>
    [JsonPropertyName("wakeFifo")]
    public LatencySummary? WakeFifo { get; init; }

    /// <summary>Wake-up at 1 kHz at ordinary priority.</summary>
    [JsonPropertyName("wakeOrdinary")]
    public LatencySummary? WakeOrdinary { get; init; }

    /// <summary>Sync write and sync read of six servos on an unpaced pseudo-terminal.</summary>
    [JsonPropertyName("pseudoTerminal")]
    public LatencySummary? PseudoTerminal { get; init; }

    /// <summary>Round trip between host and agent, by lane.</summary>
    [JsonPropertyName("bridge")]
    public IReadOnlyDictionary<string, LatencySummary> Bridge { get; init; } =
        new Dictionary<string, LatencySummary>();

    /// <summary>What could not be measured and why, one sentence each.</summary>
    [JsonPropertyName("notMeasured")]
    public IReadOnlyList<string> NotMeasured { get; init; } = [];
}
