namespace HilRig.Sim.Batch;

/// <summary>All of a batch that is saved and loaded.</summary>
/// <param name="Model">The model as it is packed.</param>
/// <param name="Slots">What stays between steps.</param>
/// <param name="Backend">What computes.</param>
/// <param name="Parameters">Parameters that were set.</param>
/// <param name="Time">Time of each env, s. Shape [env].</param>
/// <param name="DrawCounts">Random numbers drawn for each env. Shape [env].</param>
/// <param name="Status">What has happened to each env. Shape [env].</param>
internal sealed record BatchContents(
    PackedModel Model,
    ResidentSlots Slots,
    IBatchBackend Backend,
    BatchParameters Parameters,
    double[] Time,
    ulong[] DrawCounts,
    EnvStatus[] Status);
