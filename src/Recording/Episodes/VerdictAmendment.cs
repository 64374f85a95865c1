using HilRig.Core.Episodes;

namespace HilRig.Recording.Episodes;

/// <summary>A later verdict of an episode; the newest counts, all are kept.</summary>
/// <param name="Id">Names it, so that it is taken once.</param>
/// <param name="EpisodeIndex">Index of the episode in its log.</param>
/// <param name="Verdict">The verdict.</param>
/// <param name="Source">In what role.</param>
/// <param name="By">Who gives it.</param>
/// <param name="Why">The reason, in words.</param>
/// <param name="Utc">When.</param>
public sealed record VerdictAmendment(
    Guid Id,
    long EpisodeIndex,
    EpisodeVerdict Verdict,
    VerdictSource Source,
    string By,
    string Why,
    DateTimeOffset Utc);
