namespace HilRig.Harness.Scenarios;

/// <summary>Which twin runs beside the plant.</summary>
/// <param name="Enabled">Whether there is one.</param>
/// <param name="ModelPath">Absolute path of its model; null for the rig's own.</param>
public sealed record TwinChoice(bool Enabled, string? ModelPath);
