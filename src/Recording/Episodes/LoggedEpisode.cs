using HilRig.Core.Episodes;

namespace HilRig.Recording.Episodes;

/// <summary>An episode as the log knows it.</summary>
/// <param name="Index">Its index among the episodes of the log.</param>
/// <param name="Episode">The episode, with the newest verdict.</param>
/// <param name="FirstVerdict">The verdict it was recorded with.</param>
/// <param name="FirstSource">Who gave that.</param>
/// <param name="Amendments">Later verdicts, oldest first.</param>
public sealed record LoggedEpisode(
    long Index,
    Episode Episode,
    EpisodeVerdict FirstVerdict,
    VerdictSource FirstSource,
    IReadOnlyList<VerdictAmendment> Amendments)
{
    /// <summary>The same with one more verdict.</summary>
    /// <param name="amendment">The verdict.</param>
    public LoggedEpisode With(VerdictAmendment amendment) => this with
    {
        Episode = Episode with
        {
            Verdict = amendment.Verdict,
            VerdictSource = amendment.Source,
        },
        Amendments = [.. Amendments, amendment],
    };
}
