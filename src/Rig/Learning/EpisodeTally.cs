using HilRig.Core.Episodes;
using HilRig.Recording.Episodes;

namespace HilRig.Rig.Learning;

/// <summary>
/// What of a programme is done: follows from the episodes and their newest verdicts, and so
/// survives everything that they survive.
/// </summary>
internal sealed class EpisodeTally
{
    private readonly Dictionary<long, TalliedEpisode> _episodes = [];
    private readonly Dictionary<EpisodePurpose, long> _nextStart = [];

    /// <summary>Every episode, in no order.</summary>
    public IReadOnlyCollection<TalliedEpisode> Episodes => _episodes.Values;

    /// <summary>Steps of episodes that the learner sees.</summary>
    public long LearningSteps => Counted(EpisodePurpose.WarmUp, EpisodePurpose.Training)
        .Sum(episode => (long)episode.StepCount);

    /// <summary>Takes all episodes of a log.</summary>
    /// <param name="content">The log.</param>
    public static EpisodeTally Of(EpisodeLogContent content)
    {
        var tally = new EpisodeTally();
        foreach (LoggedEpisode logged in content.Episodes)
        {
            tally.Add(logged.Index, logged.Episode);
        }

        return tally;
    }

    /// <summary>Takes an episode.</summary>
    /// <param name="index">Its index in the log.</param>
    /// <param name="episode">The episode.</param>
    public void Add(long index, Episode episode)
    {
        _episodes[index] = TalliedEpisode.Of(index, episode);
        Pass(episode.Purpose, episode.StartIndex);
    }

    /// <summary>Takes a verdict.</summary>
    /// <param name="index">Index of the episode.</param>
    /// <param name="verdict">What holds now.</param>
    public void Amend(long index, EpisodeVerdict verdict)
    {
        if (_episodes.TryGetValue(index, out TalliedEpisode? episode))
        {
            _episodes[index] = episode with { Verdict = verdict };
        }
    }

    /// <summary>Goes past a start that was left out.</summary>
    /// <param name="purpose">Of which list.</param>
    /// <param name="startIndex">The start.</param>
    public void Pass(EpisodePurpose purpose, long startIndex) =>
        _nextStart[purpose] = Math.Max(NextStart(purpose), startIndex + 1);

    /// <summary>The first start of a purpose that was not tried.</summary>
    /// <param name="purpose">Of which list.</param>
    public long NextStart(EpisodePurpose purpose) => _nextStart.GetValueOrDefault(purpose);

    /// <summary>Episodes of some purposes that count.</summary>
    /// <param name="purposes">Which.</param>
    public IEnumerable<TalliedEpisode> Counted(params EpisodePurpose[] purposes) =>
        _episodes.Values.Where(episode => purposes.Contains(episode.Purpose)
            && episode.Verdict != EpisodeVerdict.Discarded);
}
