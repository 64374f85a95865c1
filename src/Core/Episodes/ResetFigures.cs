namespace HilRig.Core.Episodes;

/// <summary>What the reset before an episode took.</summary>
/// <param name="ResetSeconds">From the end of the last episode to Ready, s.</param>
/// <param name="IdleSeconds">Of these, waiting for the operator, s.</param>
/// <param name="FailedVerifyCount">Times that Verify refused.</param>
public readonly record struct ResetFigures(
    double ResetSeconds, double IdleSeconds, int FailedVerifyCount);
