using System.Security.Cryptography;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Onnx;
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
    private readonly IRobotTask _task;
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
    private readonly TrainerCounters _counters = new();
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
        _task = task;
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
        while (isLearning && _counters.Steps < _options.Steps)
        {
            WarmUpIsOver();
            if (!PlayOne(stop))
            {
                break;
            }

            foreach (VerdictAmendment amendment in _log.TakePending())
            {
                _learner.Amend(
                    _demonstrationCount + (int)amendment.EpisodeIndex,
                    amendment.Verdict,
                    amendment.Source);
            }

            if (_counters.Steps >= _snapshotAt)
            {
                Save();
            }
        }

        return Finish();
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        _counters.VisitState(visitor);
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

        for (int i = 0; i < _counters.Episodes; i++)
        {
            Take(_logged[i].Episode, _folder.Replay, i);
        }

        _clock.Continue(manifest.CpuSeconds, manifest.WallSeconds);
        _snapshotAt = _counters.Steps + _options.SnapshotSteps;
        _progress.Say(FormattableString.Invariant(
            $"Goes on after {_counters.Steps} steps, ")
            + FormattableString.Invariant(
                $"{_logged.Count - _counters.Episodes} episodes to learn again."));
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
        if (_counters.IsWarm || _counters.Episodes < _options.Agent.WarmUpEpisodes)
        {
            return;
        }

        _learner.GrantUpdates(_options.Agent.PretrainingUpdates);
        Update();
        _counters.UpdatesBeforeLearning = _learner.Agent.CriticUpdateCount;
        _counters.IsWarm = true;
    }

    private bool PlayOne(CancellationToken stop)
    {
        bool learns = _counters.IsWarm;
        if (_counters.Episodes < _logged.Count)
        {
            Episode known = _logged[(int)_counters.Episodes].Episode;
            for (int i = 0; i < known.StepCount; i++)
            {
                OnStep(learns, stop);
            }

            Take(known, _folder.Replay, _counters.Episodes++);
            return true;
        }

        Episode? played = _player.Play(
            learns ? EpisodePurpose.Training : EpisodePurpose.WarmUp,
            learns ? ActMode.Explore : _options.Agent.WarmUpMode,
            _counters.Episodes,
            () => OnStep(learns, stop));
        if (played is null)
        {
            return false;
        }

        _log.Append(played);
        Take(played, _folder.Replay, _counters.Episodes++);
        return true;
    }

    private bool OnStep(bool learns, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        _counters.Steps++;
        if (learns)
        {
            _learner.Grant(1);
            Update();
        }

        _progress.Advance(learns ? "learning" : "warm-up", _counters.Steps, _options.Steps);
        if (_counters.Steps % _options.EvaluationSteps == 0)
        {
            Evaluate(learns ? ActMode.Greedy : _options.Agent.WarmUpMode);
        }

        return _counters.Steps < _options.Steps;
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
                FormattableString.Invariant($"{_folder.Path}, step {_counters.Steps}, ")
                    + FormattableString.Invariant($"update {_learner.Agent.CriticUpdateCount}"),
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
        if (_score.TryAdd(_counters.Steps, scored, out CurvePoint? point))
        {
            _progress.Score(point!, ReadHealth());
        }
    }

    private HealthFigures ReadHealth() => _health.Read(
        _learner.Agent.CriticUpdateCount - _counters.UpdatesBeforeLearning,
        _learner.Agent.Softness);

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
                EnvironmentSteps = _counters.Steps,
                ReplayRecords = _log.RecordCount,
                CriticUpdates = _learner.Agent.CriticUpdateCount,
                CpuSeconds = _clock.CpuSeconds,
                WallSeconds = _clock.WallSeconds,
            },
            writer.Bytes);
        _snapshotAt = _counters.Steps + _options.SnapshotSteps;
    }

    private TrainingResult Finish()
    {
        Save();
        string policy = new PolicyShelf(_folder.Policies).Add(
            TrainedPolicy.Make(_folder, _task, _learner, _counters.Steps));
        TrainingResult result = _score.Finish(_counters.Steps, _counters.Episodes, ReadHealth())
            with
        {
            Policy = policy,
        };
        _folder.WriteResult(result);
        return result;
    }
}
