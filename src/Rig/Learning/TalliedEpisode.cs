using HilRig.Core.Episodes;

namespace HilRig.Rig.Learning;

/// <summary>What a tally keeps of an episode.</summary>
/// <param name="Index">Its index in the log.</param>
/// <param name="Purpose">What it was made for.</param>
/// <param name="StartIndex">Its start.</param>
/// <param name="PolicySha256">What acted.</param>
/// <param name="Verdict">What it counts as now.</param>
/// <param name="StepCount">Steps.</param>
/// <param name="ClippedCount">Steps that a limit of the rig changed.</param>
/// <param name="Selection">What the choice of its policy came to.</param>
/// <param name="Reset">The reset before it.</param>
internal sealed record TalliedEpisode(
    long Index,
    EpisodePurpose Purpose,
    long StartIndex,
    string PolicySha256,
    EpisodeVerdict Verdict,
    int StepCount,
    int ClippedCount,
    TalliedSelection Selection,
    ResetFigures Reset)
{
    /// <summary>Whether it was good.</summary>
    public bool IsSuccess => Verdict == EpisodeVerdict.Success;

    /// <summary>Takes what is kept.</summary>
    /// <param name="index">Its index in the log.</param>
    /// <param name="episode">The episode.</param>
    public static TalliedEpisode Of(long index, Episode episode) => new(
        index,
        episode.Purpose,
        episode.StartIndex,
        episode.PolicySha256,
        episode.Verdict,
        episode.StepCount,
        episode.Flags.Count(flags => flags.HasFlag(StepFlags.Clipped)),
        TalliedSelection.Of(episode),
        episode.Reset);
}
