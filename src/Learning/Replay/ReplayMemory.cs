using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Core.Sampling;
using HilRig.Learning.Agents;
using HilRig.Learning.Snapshots;
using HilRig.Tasks;

namespace HilRig.Learning.Replay;

/// <summary>
/// The episodes that are learnt from. A row is made when it is drawn, from the verdict that its
/// episode has then, so a corrected verdict corrects returns and targets. Draws are uniform over
/// all (episode, step) of what is learnt from; the state of the draws is one counter.
/// </summary>
internal sealed class ReplayMemory : IStateful
{
    private readonly TaskDescription _task;
    private readonly ObservationScaling _scaling;
    private readonly ReplayOptions _options;
    private readonly CounterRandom _random;
    private readonly List<StoredEpisode> _episodes = [];
    private readonly List<(int Episode, int Step)> _rows = [];
    private readonly List<(int Episode, int Step)> _demonstrationRows = [];
    private readonly float[] _powers;
    private ulong _draws;

    /// <summary>Makes an empty one.</summary>
    /// <param name="task">The task whose episodes it takes.</param>
    /// <param name="scaling">How networks see observations.</param>
    /// <param name="options">How rows are made.</param>
    /// <param name="seed">Seed of the draws.</param>
    public ReplayMemory(
        TaskDescription task, ObservationScaling scaling, ReplayOptions options, ulong seed)
    {
        _task = task;
        _scaling = scaling;
        _options = options;
        _random = new CounterRandom(seed, stream: 0x5245504C);
        _powers = new float[options.ReturnSteps + 1];
        for (int i = 0; i < _powers.Length; i++)
        {
            _powers[i] = (float)Math.Pow(options.Discount, i);
        }
    }

    /// <summary>Episodes held, whatever their verdict.</summary>
    public int EpisodeCount => _episodes.Count;

    /// <summary>Rows that can be drawn.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Rows of successful demonstrations and of corrections by a person.</summary>
    public int DemonstrationRowCount => _demonstrationRows.Count;

    /// <summary>An episode.</summary>
    /// <param name="index">Index in the order of <see cref="Add"/>.</param>
    public Episode this[int index] => _episodes[index].Episode;

    /// <summary>Takes an episode.</summary>
    /// <param name="episode">The episode.</param>
    /// <param name="where">File and place, for messages.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="RecordingException">It is not one of this task.</exception>
    public int Add(Episode episode, string where)
    {
        Require(episode, where);
        var normalised = new float[episode.Observations.Length];
        _scaling.Normalise(episode.Observations, normalised);
        _episodes.Add(new StoredEpisode(episode, normalised));
        AddRows(_episodes.Count - 1);
        return _episodes.Count - 1;
    }

    /// <summary>Corrects a verdict; rows drawn from now on follow.</summary>
    /// <param name="index">Index of the episode.</param>
    /// <param name="verdict">What it counts as now.</param>
    /// <param name="source">Who says so.</param>
    /// <exception cref="RecordingException">There is no such episode.</exception>
    public void Amend(int index, EpisodeVerdict verdict, VerdictSource source)
    {
        if (index < 0 || index >= _episodes.Count)
        {
            throw new RecordingException(
                "A verdict names an episode that is not there",
                "replay",
                FormattableString.Invariant($"0 to {_episodes.Count - 1}"),
                FormattableString.Invariant($"{index}"));
        }

        StoredEpisode old = _episodes[index];
        _episodes[index] = old with
        {
            Episode = old.Episode with { Verdict = verdict, VerdictSource = source },
        };
        _rows.Clear();
        _demonstrationRows.Clear();
        for (int i = 0; i < _episodes.Count; i++)
        {
            AddRows(i);
        }
    }

    /// <summary>Draws the rows of one update.</summary>
    /// <param name="batch">Receives them.</param>
    /// <param name="demonstrationCount">
    /// Of these, from demonstrations and corrections only; they come first.
    /// </param>
    /// <exception cref="RecordingException">There is nothing to draw from.</exception>
    public void Draw(TransitionBatch batch, int demonstrationCount = 0)
    {
        if (demonstrationCount > 0)
        {
            RequireRows(_demonstrationRows, "successful demonstration");
        }

        if (demonstrationCount < batch.RowCount)
        {
            RequireRows(_rows, "episode to learn from");
        }

        Rows rows = new(batch);
        for (int i = 0; i < batch.RowCount; i++)
        {
            List<(int Episode, int Step)> pool =
                i < demonstrationCount ? _demonstrationRows : _rows;
            ulong pick = Math.BigMul(_random.Bits(_draws++), (ulong)pool.Count, out _);
            (int episode, int step) = pool[(int)pick];
            Write(rows, i, _episodes[episode], step);
        }
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor) => visitor.Visit("replay/draws", ref _draws);

    private static void RequireRows(List<(int Episode, int Step)> pool, string what)
    {
        if (pool.Count == 0)
        {
            throw new RecordingException(
                "The replay is empty",
                "replay",
                "at least one " + what,
                "none",
                "record demonstrations, or correct verdicts: discarded ones do not count");
        }
    }

    private void AddRows(int index)
    {
        Episode episode = _episodes[index].Episode;
        if (episode.Verdict == EpisodeVerdict.Discarded
            || episode.Purpose == EpisodePurpose.Evaluation)
        {
            return;
        }

        bool isDemonstration = episode.Purpose == EpisodePurpose.Demonstration
            && episode.Verdict == EpisodeVerdict.Success;
        for (int step = 0; step < episode.StepCount; step++)
        {
            _rows.Add((index, step));
            if (isDemonstration || episode.Proposers[step] == Proposer.Human)
            {
                _demonstrationRows.Add((index, step));
            }
        }
    }

    // R = Σ γ^j r(t + j) over m = min(n, T − t) steps; y = R + discount · Q(s(t + m), ·).
    // Source: n-step returns, Sutton and Barto 2018, eq. 7.1.
    private void Write(in Rows rows, int row, StoredEpisode stored, int step)
    {
        Episode episode = stored.Episode;
        int last = Math.Min(step + _options.ReturnSteps, episode.StepCount);
        float sum = 0;
        for (int t = step; t < last; t++)
        {
            sum += _powers[t - step] * episode.Reward(t);
        }

        bool isCut = last == episode.StepCount
            && (episode.IsTerminal || !_options.BootstrapsAtTruncation);
        int inputs = _scaling.InputCount;
        int actions = _task.Action.Count;
        rows.Returns[row] = sum;
        rows.Discounts[row] = isCut ? 0 : _powers[last - step];
        _scaling.Stack(stored.Normalised, step, rows.Observations.Slice(row * inputs, inputs));
        _scaling.Stack(stored.Normalised, last, rows.NextObservations.Slice(row * inputs, inputs));
        episode.Action(step).CopyTo(rows.Actions.Slice(row * actions, actions));
    }

    private void Require(Episode episode, string where)
    {
        episode.Require(where);
        if (!string.Equals(episode.Task, _task.Name, StringComparison.Ordinal))
        {
            throw new RecordingException(
                "An episode is of another task", where, _task.Name, episode.Task);
        }

        if (episode.ObservationCount != _task.Observation.Count
            || episode.ActionCount != _task.Action.Count)
        {
            throw new RecordingException(
                "An episode has other sizes than its task",
                where,
                FormattableString.Invariant(
                    $"{_task.Observation.Count} observed, {_task.Action.Count} executed"),
                FormattableString.Invariant(
                    $"{episode.ObservationCount} observed, {episode.ActionCount} executed"),
                "the version of the task that recorded it");
        }
    }

    private readonly ref struct Rows(TransitionBatch batch)
    {
        public readonly Span<float> Observations = batch.Observations;
        public readonly Span<float> Actions = batch.Actions;
        public readonly Span<float> Returns = batch.Returns;
        public readonly Span<float> Discounts = batch.Discounts;
        public readonly Span<float> NextObservations = batch.NextObservations;
    }

    private sealed record StoredEpisode(Episode Episode, float[] Normalised);
}
