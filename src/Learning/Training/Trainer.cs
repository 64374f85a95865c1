using System.Security.Cryptography;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Snapshots;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>
/// Learns a task in simulation with any algorithm: demonstrations, imitation, warm-up, then a step
/// and its updates in turn. All that happened is in the folder; a run that was killed goes on from
/// its newest snapshot and does the updates of later episodes again from the log, so that it ends
/// as an unbroken one, bit for bit (one thread, the same processor).
/// </summary>
internal sealed class Trainer : IStateful, IDisposable
{
    private readonly RunFolder _folder;
    private readonly TrainingOptions _options;
    private readonly ITrainingProgress _progress;
    private readonly RunClock _clock = new();
    private readonly Learner _learner;
    private readonly HealthMonitor _health;
    private readonly EpisodePlayer _player;
    private readonly TrainingScore _score;
    private readonly SnapshotStore _snapshots;
    private readonly EpisodeLog _log;
    private readonly IReadOnlyList<LoggedEpisode> _logged;
    private readonly int _demonstrationCount;
    private long _steps;
    private long _episodes;
    private long _updatesBeforeLearning;
    private int _isWarm;
    private long _snapshotAt;

    /// <summary>Opens a run, new or begun.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="task">Its task.</param>
    /// <param name="demonstrations">Log to take them from; null: the script shows.</param>
    /// <param name="progress">Is told how it goes.</param>
    /// <exception cref="RigException">A file of the run is damaged or foreign.</exception>
    public Trainer(
        RunFolder folder, IRobotTask task, string? demonstrations, ITrainingProgress progress)
    {
        _folder = folder;
        _options = folder.Options;
        _progress = progress;
        ulong seed = _options.Seed;
        IReadOnlyList<LoggedEpisode> shown = DemonstrationSource.Fill(folder, task, demonstrations);
        _log = EpisodeLog.Open(folder.Replay, LogHeader.Of(task.Description));
        if (_log.TornPath is not null)
        {
            progress.Say(FormattableString.Invariant(
                $"An episode was cut off while it was written; its {_log.TornBytes} bytes are in ")
                + _log.TornPath + ".");
        }

        _log.TakePending();
        _learner = new Learner(
            task.Description, _options.Agent, RunSeed.Of(seed, RunSeed.Learning));
        _health = new HealthMonitor(_options.Agent);
        _player = new EpisodePlayer(task, _learner, RunSeed.Of(seed, RunSeed.Starts));
        _score = new TrainingScore(folder, task, _learner, _clock);
        foreach (LoggedEpisode demonstration in shown)
        {
            Take(demonstration.Episode, folder.Demonstrations, demonstration.Index);
        }

        _demonstrationCount = shown.Count;
        _logged = EpisodeLog.Read(folder.Replay).Episodes;
        _snapshots = folder.OpenSnapshots();
        Restore();
    }

    /// <summary>Learns to the end of the run's steps, and scores.</summary>
    /// <param name="stop">Ends the run early, at once; it can be resumed.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="LearningException">Learning diverged.</exception>
    /// <exception cref="RigException">A file cannot be written.</exception>
    public TrainingResult Run(CancellationToken stop)
    {
        Pretrain(stop);
        bool isLearning = _options.Agent.UsesReinforcement;
        while (isLearning && _steps < _options.Steps)
        {
            WarmUpIsOver();
            if (!PlayOne(stop))
            {
                break;
            }

            foreach (VerdictAmendment amendment in _log.TakePending())
            {
                _learner.Amend(
                    _demonstrationCount + (int)amendment.EpisodeIndex, amendment.Verdict);
            }

            if (_steps >= _snapshotAt)
            {
                Save();
            }
        }

        return Finish();
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.Visit("trainer/steps", ref _steps);
        visitor.Visit("trainer/episodes", ref _episodes);
        visitor.Visit("trainer/isWarm", ref _isWarm);
        visitor.Visit("trainer/updatesBeforeLearning", ref _updatesBeforeLearning);
        _learner.VisitState(visitor);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _log.Dispose();
        _learner.Dispose();
    }

    private void Restore()
    {
        SnapshotManifest? manifest = _snapshots.LoadNewest(
            _folder.ConfigSha256, out StateReader? state);
        foreach (string damage in _snapshots.Damage)
        {
            _progress.Say("A snapshot is damaged and left out: " + damage);
        }

        if (manifest is null)
        {
            return;
        }

        VisitState(state!);
        state!.RequireEnd();
        if (manifest.ReplayRecords > _log.RecordCount)
        {
            throw new RecordingException(
                "The log of episodes is shorter than its snapshot knows",
                _folder.Replay,
                FormattableString.Invariant($"{manifest.ReplayRecords} records"),
                FormattableString.Invariant($"{_log.RecordCount}"),
                "the log that belongs to this run; without it begin a new run");
        }

        for (int i = 0; i < _episodes; i++)
        {
            Take(_logged[i].Episode, _folder.Replay, i);
        }

        _clock.Continue(manifest.CpuSeconds, manifest.WallSeconds);
        _snapshotAt = _steps + _options.SnapshotSteps;
        _progress.Say(FormattableString.Invariant(
            $"Goes on after {_steps} steps, {_logged.Count - _episodes} episodes to learn again."));
    }

    private void Pretrain(CancellationToken stop)
    {
        if (_learner.IsPretrained)
        {
            return;
        }

        Require(_learner.Pretrain((done, total) =>
        {
            stop.ThrowIfCancellationRequested();
            _progress.Advance("imitation", done, total);
        }));
        Evaluate(
            _options.Agent.UsesImitation ? ActMode.Imitation : ActMode.Greedy);
        Save();
    }

    private void WarmUpIsOver()
    {
        if (_isWarm != 0 || _episodes < _options.Agent.WarmUpEpisodes)
        {
            return;
        }

        _learner.GrantUpdates(_options.Agent.PretrainingUpdates);
        Update();
        _updatesBeforeLearning = _learner.Agent.CriticUpdateCount;
        _isWarm = 1;
    }

    private bool PlayOne(CancellationToken stop)
    {
        bool learns = _isWarm != 0;
        if (_episodes < _logged.Count)
        {
            Episode known = _logged[(int)_episodes].Episode;
            for (int i = 0; i < known.StepCount; i++)
            {
                OnStep(learns, stop);
            }

            Take(known, _folder.Replay, _episodes++);
            return true;
        }

        Episode? played = _player.Play(
            learns ? EpisodePurpose.Training : EpisodePurpose.WarmUp,
            learns ? ActMode.Explore : _options.Agent.WarmUpMode,
            _episodes,
            () => OnStep(learns, stop));
        if (played is null)
        {
            return false;
        }

        _log.Append(played);
        Take(played, _folder.Replay, _episodes++);
        return true;
    }

    private bool OnStep(bool learns, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        _steps++;
        if (learns)
        {
            _learner.Grant(1);
            Update();
        }

        _progress.Advance(learns ? "learning" : "warm-up", _steps, _options.Steps);
        if (_steps % _options.EvaluationSteps == 0)
        {
            Evaluate(learns ? ActMode.Greedy : _options.Agent.WarmUpMode);
        }

        return _steps < _options.Steps;
    }

    private void Update()
    {
        while (_learner.TryUpdate(out UpdateStatus status))
        {
            Require(status);
        }
    }

    private void Require(UpdateStatus status)
    {
        string? what = status switch
        {
            UpdateStatus.Done => null,
            UpdateStatus.LossNotFinite => "The loss of an update is not a finite number",
            UpdateStatus.ValueDiverged => "The critics' values have diverged",
        };
        if (what is not null)
        {
            throw new LearningException(
                what,
                FormattableString.Invariant(
                    $"{_folder.Path}, step {_steps}, update {_learner.Agent.CriticUpdateCount}"),
                FormattableString.Invariant(
                    $"|Q| at most {_options.Agent.DivergenceLimit}; returns lie in [0, 1]"),
                _learner.Agent.Figures.ToString(),
                "a smaller --set learningRate in a new run; the last snapshot is whole");
        }
    }

    private void Evaluate(ActMode mode)
    {
        // The untrained actor of TD3 and RLPD warms up with chance, which a score must not draw.
        ActMode scored = mode == ActMode.Uniform ? ActMode.Greedy : mode;
        if (_score.TryAdd(_steps, scored, out CurvePoint? point))
        {
            _progress.Score(point!, ReadHealth());
        }
    }

    private HealthFigures ReadHealth() => _health.Read(
        _learner.Agent.CriticUpdateCount - _updatesBeforeLearning, _learner.Agent.Softness);

    private void Take(Episode episode, string path, long index)
    {
        _learner.Add(episode, FormattableString.Invariant($"{path}, episode {index}"));
        _health.Add(episode);
    }

    private void Save()
    {
        var writer = new StateWriter();
        VisitState(writer);
        _snapshots.Save(
            new SnapshotManifest
            {
                Schema = SnapshotManifest.CurrentSchema,
                ConfigSha256 = _folder.ConfigSha256,
                PolicySha256 = Convert.ToHexStringLower(SHA256.HashData(writer.Bytes)),
                EnvironmentSteps = _steps,
                ReplayRecords = _log.RecordCount,
                CriticUpdates = _learner.Agent.CriticUpdateCount,
                CpuSeconds = _clock.CpuSeconds,
                WallSeconds = _clock.WallSeconds,
            },
            writer.Bytes);
        _snapshotAt = _steps + _options.SnapshotSteps;
    }

    private TrainingResult Finish()
    {
        TrainingResult result = _score.Finish(_steps, _episodes, ReadHealth());
        _folder.WriteResult(result);
        return result;
    }
}
