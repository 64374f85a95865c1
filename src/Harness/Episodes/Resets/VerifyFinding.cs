namespace HilRig.Harness.Episodes.Resets;

/// <summary>What a check before an episode found.</summary>
/// <param name="Status">Whether the episode may begin.</param>
/// <param name="Text">What was seen, for people; names what to set right.</param>
public readonly record struct VerifyFinding(VerifyStatus Status, string Text);
