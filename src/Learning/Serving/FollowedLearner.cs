using System.Security.Cryptography;
using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Learning.Snapshots;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Serving;

/// <summary>
/// A learner whose state follows from the records of a log alone: a record is taken when all
/// updates that the earlier ones granted are done. So one that was killed and goes on from its
/// snapshot and log ends as an unbroken one, bit for bit, whenever the records came.
/// </summary>
internal sealed class FollowedLearner : IStateful, IDisposable
{
    private readonly RunFolder _folder;
    private readonly SnapshotStore _snapshots;
    private readonly HealthMonitor _health;
    private readonly RunClock _clock = new();
    private long _records;
    private long _steps;
    private long _warmUpEpisodes;
    private long _demonstrations;
    private long _updatesBeforeLearning;
    private int _isLearning;
    private long _snapshotSteps;
    private bool _isSnapshotDue;

    /// <summary>Makes one, or goes on from the newest snapshot.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="task">The task.</param>
    /// <param name="entries">All records of the log, from the first on.</param>
    /// <exception cref="RigException">A snapshot is foreign, or newer than the log.</exception>
    public FollowedLearner(
        RunFolder folder, IRobotTask task, IReadOnlyList<EpisodeLogEntry> entries)
    {
        _folder = folder;
        _health = new HealthMonitor(folder.Options.Agent);
        Learner = new Learner(
            task.Description,
            folder.Options.Agent,
            RunSeed.Of(folder.Options.Seed, RunSeed.Learning));
        _snapshots = folder.OpenSnapshots();
        Restore(entries);
    }

    /// <summary>What learns.</summary>
    public Learner Learner { get; }

    /// <summary>Snapshots that are damaged and were passed over, a sentence each.</summary>
    public IEnumerable<string> Damage => _snapshots.Damage;

    /// <summary>Records taken.</summary>
    public long RecordCount => _records;

    /// <summary>Steps of the rig, warm-up included; demonstrations and evaluations are none.
    /// </summary>
    public long StepCount => _steps;

    /// <summary>Successful demonstrations taken.</summary>
    public long DemonstrationCount => _demonstrations;

    /// <summary>Whether the demonstrations are there and have not been learnt yet.</summary>
    public bool MustPretrain =>
        !Learner.IsPretrained && _demonstrations >= _folder.Options.Demonstrations;

    /// <summary>Whether the critics' pretraining is done, so that their choice means something.
    /// </summary>
    public bool IsWarm => _isLearning != 0 && UpdateCount >= _updatesBeforeLearning;

    /// <summary>Updates of the critics so far.</summary>
    public long UpdateCount => Learner.Agent.CriticUpdateCount;

    /// <summary>How learning goes.</summary>
    public HealthFigures Health => _health.Read(
        UpdateCount - _updatesBeforeLearning, Learner.Agent.Softness);

    /// <summary>Learns from the demonstrations, once.</summary>
    /// <param name="onProgress">Told how many updates of how many are done.</param>
    public void Pretrain(Action<long, long> onProgress)
    {
        Require(Learner.Pretrain(onProgress));
        _isSnapshotDue = true;
    }

    /// <summary>Does one granted update; false when there is none to do.</summary>
    public bool TryUpdate()
    {
        if (!Learner.IsPretrained
            || Learner.Replay.RowCount == 0
            || !Learner.TryUpdate(out UpdateStatus status))
        {
            return false;
        }

        Require(status);
        return true;
    }

    /// <summary>Takes the next record. All granted updates must be done.</summary>
    /// <param name="entry">The record.</param>
    public void Take(EpisodeLogEntry entry)
    {
        Remember(entry);
        _records++;
        if (entry.Episode is not { } episode)
        {
            return;
        }

        switch (episode.Purpose)
        {
            case EpisodePurpose.Demonstration:
                _demonstrations += episode.Verdict == EpisodeVerdict.Success ? 1 : 0;
                break;
            case EpisodePurpose.WarmUp:
                _steps += episode.StepCount;
                _warmUpEpisodes++;
                if (_warmUpEpisodes >= _folder.Options.Agent.WarmUpEpisodes)
                {
                    BeginLearning();
                }

                break;
            case EpisodePurpose.Training:
                BeginLearning();
                _steps += episode.StepCount;
                Learner.Grant(_folder.Options.Agent.UsesReinforcement ? episode.StepCount : 0);
                break;
            case EpisodePurpose.Evaluation:
                break;
        }
    }

    /// <summary>Writes a snapshot if one is due. All granted updates must be done.</summary>
    /// <returns>Whether one was written.</returns>
    public bool SaveIfDue()
    {
        if (!_isSnapshotDue && _steps - _snapshotSteps < _folder.Options.SnapshotSteps)
        {
            return false;
        }

        byte[] state = StateBytes();
        _snapshots.Save(
            new SnapshotManifest
            {
                Schema = SnapshotManifest.CurrentSchema,
                ConfigSha256 = _folder.ConfigSha256,
                PolicySha256 = Convert.ToHexStringLower(SHA256.HashData(state)),
                EnvironmentSteps = _steps,
                ReplayRecords = _records,
                CriticUpdates = UpdateCount,
                CpuSeconds = _clock.CpuSeconds,
                WallSeconds = _clock.WallSeconds,
            },
            state);
        _snapshotSteps = _steps;
        _isSnapshotDue = false;
        return true;
    }

    /// <summary>All of the state, as a snapshot holds it.</summary>
    public byte[] StateBytes()
    {
        // The noise of acting is no part of what is learnt; exports draw from it.
        Learner.Agent.BeginEpisode(_records);
        var writer = new StateWriter();
        VisitState(writer);
        return writer.Bytes.ToArray();
    }

    /// <inheritdoc/>
    public void VisitState(IStateVisitor visitor)
    {
        visitor.Visit("served/records", ref _records);
        visitor.Visit("served/steps", ref _steps);
        visitor.Visit("served/warmUpEpisodes", ref _warmUpEpisodes);
        visitor.Visit("served/demonstrations", ref _demonstrations);
        visitor.Visit("served/updatesBeforeLearning", ref _updatesBeforeLearning);
        visitor.Visit("served/isLearning", ref _isLearning);
        Learner.VisitState(visitor);
    }

    /// <inheritdoc/>
    public void Dispose() => Learner.Dispose();

    private void Restore(IReadOnlyList<EpisodeLogEntry> entries)
    {
        SnapshotManifest? manifest = _snapshots.LoadNewest(
            _folder.ConfigSha256, out StateReader? state);
        if (manifest is null)
        {
            return;
        }

        if (manifest.ReplayRecords > entries.Count)
        {
            throw new RecordingException(
                "The learner's log of episodes is shorter than its snapshot knows",
                _folder.Replay,
                FormattableString.Invariant($"{manifest.ReplayRecords} records"),
                FormattableString.Invariant($"{entries.Count}"),
                "the log that belongs to this folder; without it begin with an empty folder");
        }

        VisitState(state!);
        state!.RequireEnd();
        for (int i = 0; i < _records; i++)
        {
            Remember(entries[i]);
        }

        _clock.Continue(manifest.CpuSeconds, manifest.WallSeconds);
        _snapshotSteps = _steps;
    }

    private void Remember(EpisodeLogEntry entry)
    {
        if (entry.Episode is not null)
        {
            Learner.Add(
                entry.Episode,
                FormattableString.Invariant($"{_folder.Replay}, episode {entry.EpisodeIndex}"));
            _health.Add(entry.Episode);
        }
        else
        {
            Learner.Amend(
                (int)entry.EpisodeIndex, entry.Amendment!.Verdict, entry.Amendment.Source);
        }
    }

    private void BeginLearning()
    {
        if (_isLearning != 0 || !_folder.Options.Agent.UsesReinforcement)
        {
            return;
        }

        _isLearning = 1;
        Learner.GrantUpdates(_folder.Options.Agent.PretrainingUpdates);
        _updatesBeforeLearning = _folder.Options.Agent.PretrainingUpdates;
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
                FormattableString.Invariant($"{_folder.Path}, update {UpdateCount}"),
                FormattableString.Invariant(
                    $"|Q| at most {_folder.Options.Agent.DivergenceLimit}"),
                Learner.Agent.Figures.ToString(),
                "a smaller --set learningRate in a new run; the last snapshot is whole");
        }
    }
}
