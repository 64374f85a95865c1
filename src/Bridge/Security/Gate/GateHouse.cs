namespace HilRig.Bridge.Security.Gate;

/// <summary>What all connections of a gate share.</summary>
/// <param name="Options">Limits, key, clock.</param>
/// <param name="Tally">Counters.</param>
/// <param name="Log">Lines about what is refused.</param>
/// <param name="Watch">Who may connect.</param>
/// <param name="Limits">How often addresses may.</param>
/// <param name="Table">Who is connected.</param>
/// <param name="Issued">Sessions that went out.</param>
internal sealed record GateHouse(
    SecureGateOptions Options,
    GateTally Tally,
    GateLog Log,
    AllowedKeysWatch Watch,
    AddressLimits Limits,
    GateTable Table,
    IssuedSessions Issued);
