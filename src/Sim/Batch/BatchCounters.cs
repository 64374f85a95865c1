namespace HilRig.Sim.Batch;

/// <summary>What has gone wrong in a batch since it began; one count an env and call.</summary>
/// <param name="Unconverged">Constraint solves that did not arrive.</param>
/// <param name="ContactOverflow">Contacts that did not fit.</param>
/// <param name="NotFinite">Envs that were infinite or NaN.</param>
/// <param name="Reset">Envs that were reset for it.</param>
public readonly record struct BatchCounters(
    long Unconverged, long ContactOverflow, long NotFinite, long Reset);
