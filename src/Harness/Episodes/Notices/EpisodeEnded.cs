using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>An episode ended and is stored.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Index">Its index in the store.</param>
/// <param name="Episode">The episode, with its verdict so far.</param>
/// <param name="IsVerdictOwed">Whether the operator must judge it.</param>
public sealed record EpisodeEnded(
    long InstantNanoseconds, long Index, Episode Episode, bool IsVerdictOwed)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "episode";

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant(
        $"{Index} ended after {Episode.StepCount} steps by {Episode.End}, ")
        + (IsVerdictOwed ? "no verdict yet" : $"{Episode.Verdict} by {Episode.VerdictSource}");
}
