using HilRig.Harness.Episodes.Resets;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>A phase of the reset began.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Phase">The phase.</param>
/// <param name="Attempt">How often it was tried in vain before.</param>
/// <param name="Reason">Why it is tried again, or what is to be done; empty for nothing.</param>
public sealed record PhaseEntered(
    long InstantNanoseconds, ResetPhase Phase, int Attempt, string Reason)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "reset";

    /// <inheritdoc/>
    public override string Text => Reason.Length == 0 ? $"{Phase}" : $"{Phase}: {Reason}";
}
