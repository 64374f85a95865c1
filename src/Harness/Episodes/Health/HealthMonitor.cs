using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.Health;

/// <summary>
/// Watches the newest episodes of a session. A window of whole episodes is kept; verdicts that are
/// corrected change its figures.
/// </summary>
public sealed class HealthMonitor
{
    private readonly HealthOptions _options;
    private readonly List<(long Index, Episode Episode)> _window = [];
    private int _episodeCount;
    private int _sinceSuccess;
    private double _seconds;
    private int _resetCount;

    /// <summary>Makes a monitor that has seen nothing.</summary>
    /// <param name="options">When it gives alarms.</param>
    public HealthMonitor(HealthOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <summary>Takes an episode.</summary>
    /// <param name="index">Its index in the store.</param>
    /// <param name="episode">The episode.</param>
    /// <param name="episodeSeconds">Time from its first observation to its last, s.</param>
    public void Observe(long index, Episode episode, double episodeSeconds)
    {
        ArgumentNullException.ThrowIfNull(episode);
        _resetCount++;
        _seconds += episode.Reset.ResetSeconds + episodeSeconds;
        _window.Add((index, episode));
        if (_window.Count > _options.WindowEpisodes)
        {
            _window.RemoveAt(0);
        }

        if (episode.Verdict != EpisodeVerdict.Discarded)
        {
            _episodeCount++;
            bool isSuccess = episode.Verdict == EpisodeVerdict.Success;
            _sinceSuccess = isSuccess ? 0 : _sinceSuccess + 1;
        }
    }

    /// <summary>Takes a corrected verdict, unless its episode has left the window.</summary>
    /// <param name="index">Index of the episode in the store.</param>
    /// <param name="verdict">What holds now.</param>
    public void Amend(long index, EpisodeVerdict verdict)
    {
        int at = _window.FindIndex(item => item.Index == index);
        if (at < 0)
        {
            return;
        }

        bool counted = _window[at].Episode.Verdict != EpisodeVerdict.Discarded;
        bool counts = verdict != EpisodeVerdict.Discarded;
        _episodeCount += (counts ? 1 : 0) - (counted ? 1 : 0);
        _window[at] = (index, _window[at].Episode with { Verdict = verdict });
        if (verdict == EpisodeVerdict.Success)
        {
            _sinceSuccess = Math.Min(_sinceSuccess, _window.Count - 1 - at);
        }
        else
        {
            int last = _window.FindLastIndex(
                item => item.Episode.Verdict == EpisodeVerdict.Success);
            _sinceSuccess = last < 0
                ? Math.Max(_sinceSuccess, _window.Count)
                : Math.Max(_sinceSuccess, _window.Count - 1 - last);
        }
    }

    /// <summary>The figures now.</summary>
    public HealthFigures Read()
    {
        Episode[] counted = [.. _window.Select(item => item.Episode)
            .Where(episode => episode.Verdict != EpisodeVerdict.Discarded)];
        Episode[] successes =
            [.. counted.Where(episode => episode.Verdict == EpisodeVerdict.Success)];
        double[] gaps = [.. _window.SelectMany(item => Gaps(item.Episode))];
        double[] values = [.. _window.SelectMany(item => item.Episode.ReinforcementValues
            .Concat(item.Episode.ImitationValues)
            .Where(float.IsFinite)
            .Select(value => (double)value))];
        var figures = new HealthFigures
        {
            EpisodeCount = _episodeCount,
            SuccessShare = counted.Length == 0
                ? double.NaN
                : (double)successes.Length / counted.Length,
            SuccessSteps = Median([.. successes.Select(item => (double)item.StepCount)]),
            ReinforcementShare = Share(successes, Proposer.Reinforcement),
            HumanShare = Share(successes, Proposer.Human),
            ValueGap = Median(gaps),
            ValueMax = values.Length == 0 ? double.NaN : values.Max(),
            ResetsPerHour = _seconds > 0 ? _resetCount * 3600 / _seconds : double.NaN,
            Alarms = [],
        };
        return figures with { Alarms = [.. Alarms(figures)] };
    }

    private IEnumerable<string> Alarms(HealthFigures figures)
    {
        if (_sinceSuccess >= _options.NoSuccessEpisodes)
        {
            yield return $"no success in {_sinceSuccess} episodes";
        }

        if (figures.ValueMax > _options.ValueMax)
        {
            yield return FormattableString.Invariant(
                $"a critic says {figures.ValueMax:0.00}, above any return");
        }

        if (figures.ValueGap < _options.ValueGapMin)
        {
            yield return FormattableString.Invariant(
                $"median |q gap| {figures.ValueGap:0.000}: a soft choice is near a coin's");
        }

        if (figures.HumanShare > _options.HumanShareMax)
        {
            yield return FormattableString.Invariant(
                $"a person made {figures.HumanShare:0.00} of the steps of successes");
        }
    }

    private static IEnumerable<double> Gaps(Episode episode)
    {
        for (int i = 0; i < episode.StepCount; i++)
        {
            double gap = Math.Abs(episode.ReinforcementValues[i] - episode.ImitationValues[i]);
            if (double.IsFinite(gap))
            {
                yield return gap;
            }
        }
    }

    private static double Share(Episode[] episodes, Proposer proposer)
    {
        int steps = episodes.Sum(episode => episode.StepCount);
        int own = episodes.Sum(episode => episode.Proposers.Count(item => item == proposer));
        return steps == 0 ? double.NaN : (double)own / steps;
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? double.NaN : values.Length % 2 == 1
            ? values[values.Length / 2]
            : (values[values.Length / 2 - 1] + values[values.Length / 2]) / 2;
    }
}
