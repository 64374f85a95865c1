using System.Diagnostics;
using HilRig.Bridge.Learner;
using HilRig.Core.Errors;
using HilRig.Learning.Health;
using HilRig.Learning.Onnx;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Learning.Serving;

/// <summary>
/// Learns beside a rig: keeps the episodes that its session sends, learns from them within the
/// budget of updates, and offers policies. Everything is in its folder, so it may be killed.
/// </summary>
internal sealed class LearnerServer : IDisposable
{
    private const int Log = 0;
    private static readonly TimeSpan IdleWait = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TellEvery = TimeSpan.FromMilliseconds(200);

    private readonly ServeOptions _options;
    private readonly IRobotTask _task;
    private readonly EpisodeLog _log;
    private readonly FollowedLearner _learner;
    private readonly PolicyShelf _shelf;
    private readonly LearnerDesk _desk;
    private readonly Queue<EpisodeLogEntry> _waiting = new();
    private long _waitingSteps;
    private long _toldTimestamp;

    /// <summary>Opens the folder, goes on where it ended, and connects.</summary>
    /// <param name="options">Where and what.</param>
    /// <exception cref="RigException">A file is damaged or foreign.</exception>
    public LearnerServer(ServeOptions options)
    {
        _options = options;
        RunFolder folder = options.Folder;
        _task = TaskCatalogue.Find(folder.Options.Task);
        _log = EpisodeLog.Open(folder.Replay, LogHeader.Of(_task.Description));
        List<EpisodeLogEntry> entries = [.. EpisodeLog.ReadEntries(folder.Replay)];
        _learner = new FollowedLearner(folder, _task, entries);
        foreach (EpisodeLogEntry entry in entries.Skip((int)_learner.RecordCount))
        {
            Await(entry);
        }

        _shelf = new PolicyShelf(folder.Policies);
        _desk = new LearnerDesk(new LearnerDeskOptions
        {
            Endpoint = options.Endpoint,
            Terms = new LearnerTerms(_task.Description.Name, options.ConfigSha256, 1),
            RecordCounts = [_log.RecordCount],
        });
        if (_shelf.Newest is not null)
        {
            _desk.Offer(_shelf.Newest);
        }
    }

    /// <summary>What was not as it should be when it began, a sentence each.</summary>
    public IEnumerable<string> Remarks => _learner.Damage.Concat(
        _log.TornPath is null ? [] : [$"An append was cut off; it is kept in {_log.TornPath}."]);

    /// <summary>Learns until told to stop.</summary>
    /// <param name="stop">Ends it between two updates.</param>
    /// <exception cref="LearningException">Learning diverged.</exception>
    /// <exception cref="RigException">
    /// A file cannot be written, or the session rejects this learner.
    /// </exception>
    public void Run(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Receive(TimeSpan.Zero);
                Tell(_learner.Learner.IsPretrained ? "learning" : "demonstrations");
                if (!Work(stop))
                {
                    Receive(IdleWait);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whatever was in progress is done again from the log.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _desk.Dispose();
        _learner.Dispose();
        _log.Dispose();
    }

    private bool Work(CancellationToken stop)
    {
        if (_learner.MustPretrain)
        {
            _learner.Pretrain((done, total) =>
            {
                stop.ThrowIfCancellationRequested();
                Receive(TimeSpan.Zero);
                Tell("imitation");
            });
            _learner.SaveIfDue();
            Export();
            return true;
        }

        if (_learner.TryUpdate())
        {
            if (_learner.IsWarm && _learner.UpdateCount % _options.OfferUpdates == 0)
            {
                Export();
            }

            return true;
        }

        bool saved = _learner.SaveIfDue();
        if (_waiting.TryDequeue(out EpisodeLogEntry? entry))
        {
            _waitingSteps -= entry.Episode?.StepCount ?? 0;
            _learner.Take(entry);
            return true;
        }

        return saved;
    }

    private void Receive(TimeSpan wait)
    {
        while (_desk.TryTake(wait, out LearnerRecord record))
        {
            wait = TimeSpan.Zero;
            if (record.Number == _log.RecordCount)
            {
                Await(_log.AppendCopy((EpisodeRecordKind)record.Kind, record.Payload.Span));
            }

            _desk.Acknowledge(Log, _log.RecordCount);
        }

        if (_desk.Rejection is { } why)
        {
            throw new ProtocolException(
                "The session does not take this learner",
                _options.Endpoint,
                found: why,
                remedy: "the folder that belongs to the session");
        }
    }

    private void Await(EpisodeLogEntry entry)
    {
        _waiting.Enqueue(entry);
        _waitingSteps += entry.Episode?.StepCount ?? 0;
    }

    private void Export()
    {
        bool imitates = _learner.UpdateCount == 0 && _learner.Learner.Agent.Options.UsesImitation;
        if (_shelf.Newest?.UpdateCount >= _learner.UpdateCount)
        {
            // Made before a kill.
            return;
        }

        var origin = new PolicyOrigin
        {
            MadeBy = "hilrig-learn serve",
            Seed = _options.Folder.Options.Seed,
            EnvironmentSteps = _learner.StepCount,
            UpdateCount = _learner.UpdateCount,
            ConfigurationSha256 = _options.Folder.ConfigSha256,
        };
        _desk.Offer(_shelf.Add(imitates ? Imitation(origin) : PolicyExport.Make(
            _learner.Learner.Agent, _task, origin, [])));
    }

    private TaskPolicyFile Imitation(PolicyOrigin origin)
    {
        HybridNetworks networks = AgentReading.Read(
            _learner.Learner.Agent, _task.Description) with
        {
            Actor = null,
            Critics = [],
            SelectionMargin = 0,
        };
        return PolicyExport.Make(
            networks,
            new ImitationReference(_learner.Learner.Agent, _task.Description),
            _task,
            PolicyExport.Name(Agents.LearningAlgorithm.Bc),
            origin,
            []);
    }

    private void Tell(string phase)
    {
        if (Stopwatch.GetElapsedTime(_toldTimestamp) < TellEvery)
        {
            return;
        }

        _toldTimestamp = Stopwatch.GetTimestamp();
        HealthFigures health = _learner.Health;
        double perStep = _options.Folder.Options.Agent.CriticUpdatesPerStep;
        var figures = new Dictionary<string, double>
        {
            ["owedUpdates"] =
                _learner.Learner.GrantedUpdates + Math.Floor(_waitingSteps * perStep),
            ["owedRecords"] = _waiting.Count,
            ["envSteps"] = _learner.StepCount,
            ["demonstrations"] = _learner.DemonstrationCount,
        };
        Add(figures, "successShare", health.SuccessShare);
        Add(figures, "successSteps", health.SuccessSteps);
        Add(figures, "reinforcementShare", health.ReinforcementShare);
        Add(figures, "valueGap", health.ValueGap);
        Add(figures, "valueMagnitudeMax", health.ValueMagnitudeMax);
        Add(figures, "updatesPerStep", health.UpdatesPerStep);
        _desk.Tell(new LearnerStatus
        {
            UpdateCount = _learner.UpdateCount,
            Phase = phase,
            Figures = figures,
            Alarms = health.Alarms,
        });
    }

    private static void Add(Dictionary<string, double> figures, string name, double? value)
    {
        if (value is not null)
        {
            figures[name] = value.Value;
        }
    }
}
