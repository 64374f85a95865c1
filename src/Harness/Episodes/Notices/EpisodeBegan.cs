using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>An episode began.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="StartIndex">Index in the start list.</param>
/// <param name="PolicyName">What acts.</param>
/// <param name="PolicySha256">Hash of the policy; empty for none.</param>
/// <param name="Reset">What its reset took.</param>
public sealed record EpisodeBegan(
    long InstantNanoseconds,
    long StartIndex,
    string PolicyName,
    string PolicySha256,
    ResetFigures Reset)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "episode";

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant(
        $"began from start {StartIndex} by {PolicyName} {PolicySha256}, reset ")
        + FormattableString.Invariant(
            $"{Reset.ResetSeconds:0.0} s, idle {Reset.IdleSeconds:0.0} s, refused ")
        + FormattableString.Invariant($"{Reset.FailedVerifyCount}");
}
