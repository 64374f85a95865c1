using HilRig.Core.Episodes;
using HilRig.Learning.Agents;

namespace HilRig.Learning.Health;

/// <summary>
/// Watches whether learning goes well, from the episodes themselves, so that a resumed run sees
/// what an unbroken one would.
/// </summary>
/// <param name="options">How the agent learns.</param>
internal sealed class HealthMonitor(AgentOptions options)
{
    /// <summary>Episodes of the window.</summary>
    public const int Window = 50;

    /// <summary>Learning episodes without success after which an alarm is raised.</summary>
    public const int DryEpisodes = 60;

    // Returns lie in [0, 1]. In 20 healthy runs on two tasks the largest single value was 1.33;
    // critics that diverge go on growing.
    private const double ValueLimit = 1.5;

    // Of 1/β. Where both proposals are good the median gap of a healthy run fell to 0.004 at a β
    // of 10, and a coin between two good proposals does no harm; critics that have collapsed say
    // the same of everything.
    private const double CoinFraction = 0.01;

    private readonly Queue<Episode> _window = new();
    private long _demonstrationSteps;
    private long _allSteps;
    private long _learningSteps;
    private int _episodesSinceSuccess;

    /// <summary>Takes an episode of the replay.</summary>
    /// <param name="episode">The episode.</param>
    public void Add(Episode episode)
    {
        _allSteps += episode.StepCount;
        if (episode.Purpose == EpisodePurpose.Demonstration)
        {
            _demonstrationSteps += episode.StepCount;
        }

        if (episode.Purpose != EpisodePurpose.Training
            || episode.Verdict == EpisodeVerdict.Discarded)
        {
            return;
        }

        _learningSteps += episode.StepCount;
        _episodesSinceSuccess =
            episode.Verdict == EpisodeVerdict.Success ? 0 : _episodesSinceSuccess + 1;
        _window.Enqueue(episode);
        if (_window.Count > Window)
        {
            _window.Dequeue();
        }
    }

    /// <summary>The figures now.</summary>
    /// <param name="criticUpdates">Updates of the critics since warm-up.</param>
    /// <param name="softness">β of the soft rule.</param>
    public HealthFigures Read(long criticUpdates, double softness)
    {
        Episode[] successes =
            [.. _window.Where(episode => episode.Verdict == EpisodeVerdict.Success)];
        var gaps = new List<double>();
        double? magnitude = null;
        foreach (Episode episode in _window)
        {
            Look(episode, gaps, ref magnitude);
        }

        var figures = new HealthFigures
        {
            Episodes = _window.Count,
            SuccessShare = Share(successes.Length, _window.Count),
            SuccessSteps = Median([.. successes.Select(episode => (double)episode.StepCount)]),
            EpisodesSinceSuccess = _episodesSinceSuccess,
            ReinforcementShare = ShareOf(_window, Proposer.Reinforcement),
            ReinforcementShareOfSuccesses = ShareOf(successes, Proposer.Reinforcement),
            HumanShare = ShareOf(_window, Proposer.Human),
            ValueGap = Median(gaps),
            ValueMagnitudeMax = magnitude,
            DemonstrationShareOfReplay = Share(_demonstrationSteps, _allSteps) ?? 0,
            UpdatesPerStep = Share(criticUpdates, _learningSteps),
            Alarms = [],
        };
        return figures with { Alarms = Alarms(figures, softness) };
    }

    private static void Look(Episode episode, List<double> gaps, ref double? magnitude)
    {
        for (int step = 0; step < episode.StepCount; step++)
        {
            float actor = episode.ReinforcementValues[step];
            float imitation = episode.ImitationValues[step];
            if (float.IsFinite(actor))
            {
                magnitude = Math.Max(magnitude ?? 0, Math.Abs(actor));
            }

            if (float.IsFinite(imitation))
            {
                magnitude = Math.Max(magnitude ?? 0, Math.Abs(imitation));
            }

            if (float.IsFinite(actor) && float.IsFinite(imitation))
            {
                gaps.Add(Math.Abs(actor - imitation));
            }
        }
    }

    private static double? Share(double part, double whole) => whole == 0 ? null : part / whole;

    private static double? ShareOf(IEnumerable<Episode> episodes, Proposer proposer) => Share(
        episodes.Sum(episode => episode.Proposers.Count(each => each == proposer)),
        episodes.Sum(episode => episode.StepCount));

    private static double? Median(List<double> values)
    {
        if (values.Count == 0)
        {
            return null;
        }

        values.Sort();
        int middle = values.Count / 2;
        return values.Count % 2 == 1
            ? values[middle]
            : (values[middle - 1] + values[middle]) / 2;
    }

    private List<string> Alarms(HealthFigures figures, double softness)
    {
        var alarms = new List<string>();
        if (figures.EpisodesSinceSuccess >= DryEpisodes)
        {
            alarms.Add(FormattableString.Invariant(
                $"No success in {figures.EpisodesSinceSuccess} episodes."));
        }

        if (figures.ValueMagnitudeMax > ValueLimit)
        {
            alarms.Add(FormattableString.Invariant(
                $"A critic says {figures.ValueMagnitudeMax:0.00}; no return is above 1."));
        }

        double coin = CoinFraction / softness;
        bool isSoft = options.ActorProposal && options.Rule == SelectionRule.Soft;
        if (isSoft && figures.Episodes == Window && figures.ValueGap < coin)
        {
            alarms.Add(FormattableString.Invariant(
                $"The median |Q gap| {figures.ValueGap:0.00000} is below 0.01/β = {coin:0.00000}:")
                + " the critics say the same of everything, the soft choice is a coin.");
        }

        return alarms;
    }
}
