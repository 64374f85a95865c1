using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Notices;

/// <summary>A verdict was given, corrected or taken back.</summary>
/// <param name="InstantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
/// <param name="Index">Index of the episode in the store.</param>
/// <param name="Verdict">What holds now.</param>
/// <param name="Previous">What held before.</param>
/// <param name="Source">Who says so.</param>
/// <param name="By">His or her name.</param>
/// <param name="Why">The reason.</param>
public sealed record VerdictGiven(
    long InstantNanoseconds,
    long Index,
    EpisodeVerdict Verdict,
    EpisodeVerdict Previous,
    VerdictSource Source,
    string By,
    string Why)
    : SessionNotice(InstantNanoseconds)
{
    /// <inheritdoc/>
    public override string Kind => "verdict";

    /// <inheritdoc/>
    public override string Text => FormattableString.Invariant(
        $"episode {Index}: {Previous} becomes {Verdict}, by {By} ({Source}): {Why}");
}
