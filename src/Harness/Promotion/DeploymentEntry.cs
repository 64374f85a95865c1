namespace HilRig.Harness.Promotion;

/// <summary>A policy that was deployed.</summary>
/// <param name="Policy">Its folder's name below policies/.</param>
/// <param name="Sha256">SHA-256 of its graph, lower-case hex.</param>
/// <param name="Utc">When.</param>
/// <param name="Why">Why: a gate's words, a person's.</param>
public sealed record DeploymentEntry(
    string Policy, string Sha256, DateTimeOffset Utc, string Why);
