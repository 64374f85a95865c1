using HilRig.Tasks.Policies;

namespace HilRig.Learning.Commands;

/// <summary>What `hilrig learn export` prints.</summary>
/// <param name="Policy">Folder of the policy; null where it was only checked.</param>
/// <param name="Name">Name of the policy.</param>
/// <param name="Sha256">Its identity.</param>
/// <param name="Parity">Agreement with the networks.</param>
/// <param name="Latency">Time of a call at one row.</param>
/// <param name="BudgetMicroseconds">What its 99th percentile must stay below.</param>
internal sealed record ExportResult(
    string? Policy,
    string Name,
    string Sha256,
    PolicyParity Parity,
    PolicyLatency Latency,
    double BudgetMicroseconds);
