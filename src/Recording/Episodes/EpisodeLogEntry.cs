using HilRig.Core.Episodes;

namespace HilRig.Recording.Episodes;

/// <summary>One record of a log: an episode or a later verdict; the other is null.</summary>
/// <param name="Record">Number of the record, from 0.</param>
/// <param name="EpisodeIndex">The episode that it is, or is about.</param>
/// <param name="Episode">The episode as it was recorded.</param>
/// <param name="Amendment">The later verdict.</param>
public sealed record EpisodeLogEntry(
    long Record, long EpisodeIndex, Episode? Episode, VerdictAmendment? Amendment);
