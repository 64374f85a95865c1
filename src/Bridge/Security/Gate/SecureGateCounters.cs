namespace HilRig.Bridge.Security.Gate;

/// <summary>What a gate has counted since it was opened.</summary>
/// <param name="Accepted">TCP connections.</param>
/// <param name="Admitted">Of these, with an allowed key and a valid ZMTP hand-shake.</param>
/// <param name="Open">Admitted connections now.</param>
/// <param name="Pending">Connections now that have not proved a key.</param>
/// <param name="FramesForwarded">Messages of peers that went on to the bridge.</param>
/// <param name="StatesSuperseded">States that a slow reader did not get, for newer ones.</param>
/// <param name="Reasons">Closed connections and dropped frames, by reason; zeros left out.</param>
public sealed record SecureGateCounters(
    long Accepted,
    long Admitted,
    int Open,
    int Pending,
    long FramesForwarded,
    long StatesSuperseded,
    IReadOnlyDictionary<GateReason, long> Reasons)
{
    /// <summary>How often a reason was counted.</summary>
    /// <param name="reason">The reason.</param>
    public long Of(GateReason reason) => Reasons.GetValueOrDefault(reason);
}
