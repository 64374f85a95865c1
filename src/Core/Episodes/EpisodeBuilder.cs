namespace HilRig.Core.Episodes;

/// <summary>Gathers the steps of an episode; one observation more than steps.</summary>
public sealed class EpisodeBuilder
{
    private readonly List<float> _observations = [];
    private readonly List<float> _actions = [];
    private readonly List<Proposer> _proposers = [];
    private readonly List<float> _reinforcementValues = [];
    private readonly List<float> _imitationValues = [];
    private readonly List<StepFlags> _flags = [];

    /// <summary>Steps so far.</summary>
    public int StepCount => _proposers.Count;

    /// <summary>Drops what was gathered and begins with a first observation.</summary>
    /// <param name="observation">Unnormalised. Shape [observation].</param>
    public void Begin(ReadOnlySpan<float> observation)
    {
        _observations.Clear();
        _actions.Clear();
        _proposers.Clear();
        _reinforcementValues.Clear();
        _imitationValues.Clear();
        _flags.Clear();
        _observations.AddRange(observation);
    }

    /// <summary>Adds a step.</summary>
    /// <param name="action">The executed action. Shape [action].</param>
    /// <param name="proposer">Who proposed it.</param>
    /// <param name="values">Critics' values of the actor's and the imitation's proposal; NaN for
    /// none.</param>
    /// <param name="flags">What was done to it.</param>
    /// <param name="observation">What was observed after it. Shape [observation].</param>
    public void Add(
        ReadOnlySpan<float> action,
        Proposer proposer,
        (float Reinforcement, float Imitation) values,
        StepFlags flags,
        ReadOnlySpan<float> observation)
    {
        _actions.AddRange(action);
        _proposers.Add(proposer);
        _reinforcementValues.Add(values.Reinforcement);
        _imitationValues.Add(values.Imitation);
        _flags.Add(flags);
        _observations.AddRange(observation);
    }

    /// <summary>Makes the episode of what was gathered.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="purpose">What it was made for.</param>
    /// <param name="start">Seed and index of its start.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="verdict">What it counts as.</param>
    /// <exception cref="Errors.RecordingException">Arrays do not fit, or a number is out of range.
    /// </exception>
    public Episode Build(
        string task,
        EpisodePurpose purpose,
        (ulong Seed, long Index) start,
        EpisodeEnd end,
        EpisodeVerdict verdict)
    {
        var episode = new Episode
        {
            Task = task,
            Purpose = purpose,
            StartSeed = start.Seed,
            StartIndex = start.Index,
            Observations = [.. _observations],
            Actions = [.. _actions],
            Proposers = [.. _proposers],
            ReinforcementValues = [.. _reinforcementValues],
            ImitationValues = [.. _imitationValues],
            Flags = [.. _flags],
            End = end,
            Verdict = verdict,
        };
        episode.Require(FormattableString.Invariant($"{task}, start {start.Index}"));
        return episode;
    }
}
