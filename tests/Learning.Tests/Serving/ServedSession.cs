using System.Diagnostics;
using HilRig.Bridge.Learner;
using HilRig.Core.Episodes;
using HilRig.Learning.Agents;
using HilRig.Learning.Environments;
using HilRig.Learning.Serving;
using HilRig.Learning.Training;
using HilRig.Recording.Episodes;
using HilRig.Tasks;

namespace HilRig.Learning.Tests.Serving;

/// <summary>
/// What a rig's session does for its learner: a log, the link, the child process; the episodes are
/// shown by the script.
/// </summary>
internal sealed class ServedSession : ILearnerFeed, IDisposable
{
    public const int Demonstrations = 3;
    private const string Config = "c0ffee";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hilrig-serve-");
    private readonly EpisodeLog _log;
    private readonly EpisodeLogFollower _follower;
    private Process? _child;
    private long _published;

    public ServedSession()
    {
        Task = TaskCatalogue.Find("PegInsert3");
        string path = Path.Combine(_folder.FullName, "replay.episodes");
        _log = EpisodeLog.Open(path, LogHeader.Of(Task.Description));
        _follower = new EpisodeLogFollower(path);
        Link = new LearnerLink(new LearnerTerms(Task.Description.Name, Config, 1), this);
    }

    public IRobotTask Task { get; }

    public LearnerLink Link { get; }

    public string LearnerFolder => Path.Combine(_folder.FullName, "learner");

    /// <summary>Of the build beside this one, which has torch where the program looks for it.
    /// </summary>
    private static string ProgramPath
    {
        get
        {
            DirectoryInfo tests = new(AppContext.BaseDirectory.TrimEnd('/', '\\'));
            return Path.Combine(
                tests.Parent!.Parent!.FullName,
                "HilRig.Learning",
                tests.Name,
                OperatingSystem.IsWindows() ? "hilrig-learn.exe" : "hilrig-learn");
        }
    }

    /// <summary>Small enough that a start of torch costs more than learning.</summary>
    public static string[] Settings { get; } =
    [
        "hiddenCount=16", "imitationHiddenCount=16", "batchSize=16", "criticCount=2",
        "imitationUpdates=40", "warmUpEpisodes=2", "pretrainingUpdates=30", "snapshotSteps=30",
    ];

    /// <summary>Demonstrations, then warm-up, then training; every third one failed.</summary>
    public static List<Episode> Record(IRobotTask task, int count)
    {
        IReadOnlyList<Episode> shown = DemonstrationRecorder.Record(task, 5, count);
        return [.. shown.Select((episode, i) => i < Demonstrations
            ? episode
            : episode with
            {
                Purpose = i < Demonstrations + 2 ? EpisodePurpose.WarmUp : EpisodePurpose.Training,
                End = i % 3 == 0 ? EpisodeEnd.TimedOut : EpisodeEnd.SuccessRule,
                Verdict = i % 3 == 0 ? EpisodeVerdict.Failure : EpisodeVerdict.Success,
            })];
    }

    public long CountOf(int log) => Volatile.Read(ref _published);

    public LearnerRecord Read(int log, long number)
    {
        byte[] payload = _follower.Read(number, out EpisodeRecordKind kind);
        return new LearnerRecord(log, number, (byte)kind, payload);
    }

    public void Publish(Episode episode)
    {
        _log.Append(episode);
        Volatile.Write(ref _published, _log.RecordCount);
    }

    public void Amend(long index, EpisodeVerdict verdict)
    {
        _log.Amend(new VerdictAmendment(
            new Guid((int)index, 1, (short)verdict, new byte[8]),
            index,
            verdict,
            VerdictSource.Operator,
            "mia",
            "seen",
            DateTimeOffset.UnixEpoch));
        Volatile.Write(ref _published, _log.RecordCount);
    }

    /// <summary>Starts the learner; says its first line.</summary>
    public string StartLearner()
    {
        var start = new ProcessStartInfo(ProgramPath)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        string[] arguments =
        [
            "serve", "--run", LearnerFolder, "--endpoint", Link.Endpoint,
            "--task", Task.Description.Name, "--config-sha256", Config,
            "--demos", $"{Demonstrations}", "--offer-updates", "20", "--supervised",
        ];
        foreach (string argument in arguments.Concat(
            Settings.SelectMany(setting => new[] { "--set", setting })))
        {
            start.ArgumentList.Add(argument);
        }

        _child = Process.Start(start)!;
        return _child.StandardOutput.ReadLine() ?? "";
    }

    /// <summary>kill -9.</summary>
    public void KillLearner()
    {
        _child!.Kill();
        _child.WaitForExit();
        _child.Dispose();
        _child = null;
    }

    /// <summary>Closes its standard input, as the end of its parent does.</summary>
    public int EndLearner()
    {
        _child!.StandardInput.Close();
        _child.WaitForExit();
        int code = _child.ExitCode;
        _child.Dispose();
        _child = null;
        return code;
    }

    /// <summary>Whether the learner has taken all and owes nothing.</summary>
    public bool IsDone(long updates) =>
        Link.DurableCount(0) == _log.RecordCount
        && Link.Presence == LearnerPresence.Present
        && Link.Status is { } status
        && status.UpdateCount == updates
        && status.Figures.GetValueOrDefault("owedRecords", 1) == 0;

    /// <summary>The state of a learner that took all records of a folder, unbroken.</summary>
    public static byte[] Finish(string folder, IRobotTask task, out long updates)
    {
        TrainingOptions options = OptionText.Set(
            new TrainingOptions
            {
                Task = task.Description.Name,
                Seed = 1,
                Steps = 0,
                Preset = "cpu",
                Demonstrations = Demonstrations,
                Agent = AgentPresets.CreateForRig(LearningAlgorithm.Ibrl, "cpu"),
            },
            Settings);
        RunFolder run = RunFolder.Create(folder, options);
        List<EpisodeLogEntry> entries = [.. EpisodeLog.ReadEntries(run.Replay)];
        using var learner = new FollowedLearner(run, task, entries);
        for (int i = (int)learner.RecordCount; ; i++)
        {
            if (learner.MustPretrain)
            {
                learner.Pretrain((_, _) => { });
            }

            while (learner.TryUpdate())
            {
            }

            if (i == entries.Count)
            {
                break;
            }

            learner.Take(entries[i]);
        }

        updates = learner.UpdateCount;
        return learner.StateBytes();
    }

    public void Dispose()
    {
        if (_child is not null)
        {
            KillLearner();
        }

        Link.Dispose();
        _follower.Dispose();
        _log.Dispose();
        _folder.Delete(recursive: true);
    }
}
