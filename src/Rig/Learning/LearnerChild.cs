using System.Diagnostics;
using HilRig.Bridge.Learner;
using HilRig.Core.Errors;

namespace HilRig.Rig.Learning;

/// <summary>
/// The learner in a process of its own: started, watched, started again when it dies. It loses
/// nothing by that, for the link sends it what it lacks. Ends with this process, because its
/// standard input closes.
/// </summary>
internal sealed class LearnerChild : ILearnerDesk, IDisposable
{
    private const string OwedFigure = "owedUpdates";
    private const string StepsFigure = "envSteps";
    private const int DeathsInVainMax = 3;

    // Beyond this the policy that acts would be older than it need be.
    private const double OwedUpdatesMax = 200;
    private const long RecordsAheadMax = 4;
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(20);
    private readonly LearnRigOptions _options;
    private readonly string _program;
    private readonly LearnerLink _link;
    private readonly EpisodeJournal _journal;
    private readonly LearnRigFolder _folder;
    private readonly Action<string> _say;
    private readonly Queue<string> _lastWords = new();
    private readonly StreamWriter _log;
    private Process _process;
    private long _greetingsAtStart;
    private int _deathsInVain;
    private string _alarms = "";

    /// <summary>Starts the process.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="program">File of `hilrig-learn`, which alone knows torch.</param>
    /// <param name="link">Its channel.</param>
    /// <param name="journal">The episodes.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    /// <exception cref="RigException">It cannot be started.</exception>
    public LearnerChild(
        LearnRigFolder folder,
        string program,
        LearnerLink link,
        EpisodeJournal journal,
        Action<string> say)
    {
        _options = folder.Options;
        _folder = folder;
        _program = program;
        _link = link;
        _journal = journal;
        _say = say;
        Directory.CreateDirectory(folder.Learner);
        _log = new StreamWriter(Path.Combine(folder.Learner, "learner.log"), append: true)
        {
            AutoFlush = true,
        };
        _process = Start();
    }

    /// <summary>Times that the process died and was started again.</summary>
    public int RestartCount { get; private set; }

    /// <summary>Times that it was killed on purpose.</summary>
    public int KillCount { get; private set; }

    /// <summary>Process id of the learner that runs now.</summary>
    public int Pid => _process.Id;

    /// <inheritdoc/>
    public bool IsBehind => _link.Presence != LearnerPresence.Present
        ? _journal.CountOf(0) - _link.DurableCount(0) > RecordsAheadMax
        : Figure(OwedFigure) > OwedUpdatesMax;

    /// <inheritdoc/>
    public bool Owes(long learningSteps) => _link.Presence != LearnerPresence.Present
        || _link.DurableCount(0) < _journal.CountOf(0)
        || !(Figure(StepsFigure) >= learningSteps)
        || !(Figure(OwedFigure) < 1);

    /// <inheritdoc/>
    public void Attend()
    {
        foreach (string alarm in NewAlarms())
        {
            _say("learner: " + alarm);
        }

        if (!_process.HasExited)
        {
            return;
        }

        _process.WaitForExit();
        bool wasOfUse = _link.Counters.Greetings > _greetingsAtStart;
        _deathsInVain = wasOfUse ? 0 : _deathsInVain + 1;
        int code = _process.ExitCode;
        if (_deathsInVain >= DeathsInVainMax || _link.Presence == LearnerPresence.Rejected)
        {
            throw new DeviceException(
                "The learner's process cannot be kept alive",
                _program,
                found: _link.Rejection ?? $"exit code {code}: {string.Join(" | ", _lastWords)}",
                remedy: $"see {Path.Combine(_folder.Learner, "learner.log")}; then "
                    + "'hilrig learn resume'");
        }

        _process.Dispose();
        RestartCount++;
        _say($"the learner ended (exit code {code}) and is started again");
        _process = Start();
    }

    /// <inheritdoc/>
    public LearnerPolicy? TryTakePolicy(long known)
    {
        if (_link.OfferedSequence <= known)
        {
            return null;
        }

        LearnerPolicy? policy = _link.FetchPolicy(FetchTimeout);
        return policy?.Sequence > known ? policy : null;
    }

    /// <inheritdoc/>
    public void EpisodeStored(int count)
    {
        if (_options.KillLearnerAfter.Contains(count) && !_process.HasExited)
        {
            _say($"fault: the learner is killed after episode {count}");
            _process.Kill();
            KillCount++;
        }
    }

    /// <summary>Asks the process to end and waits.</summary>
    public void Dispose()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        if (!_process.WaitForExit(EndTimeout))
        {
            _process.Kill();
        }

        _process.WaitForExit();
        _process.Dispose();
        _log.Dispose();
    }

    private Process Start()
    {
        _greetingsAtStart = _link.Counters.Greetings;
        var start = new ProcessStartInfo(_program, Arguments())
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new DeviceException(
                "The learner's process could not be started",
                _program,
                found: error.Message,
                inner: error);
        }

        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private IEnumerable<string> Arguments() =>
    [
        "serve", "--supervised",
        "--run", _folder.Learner,
        "--endpoint", _link.Endpoint,
        "--task", _options.Task,
        "--algorithm", _options.Algorithm,
        "--seed", FormattableString.Invariant($"{_options.Seed}"),
        "--demos", FormattableString.Invariant($"{_options.Demonstrations}"),
        "--config-sha256", _folder.OptionsSha256,
        "--set", FormattableString.Invariant($"warmUpEpisodes={_options.WarmUpEpisodes}"),
        .. _options.Set.SelectMany(item => new[] { "--set", item }),
    ];

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lastWords)
        {
            _log.WriteLine(line);
            _lastWords.Enqueue(line);
            if (_lastWords.Count > 3)
            {
                _lastWords.Dequeue();
            }
        }
    }

    private IReadOnlyList<string> NewAlarms()
    {
        IReadOnlyList<string> alarms = _link.Status?.Alarms ?? [];
        string joined = string.Join('\n', alarms);
        if (joined == _alarms)
        {
            return [];
        }

        _alarms = joined;
        return alarms;
    }

    private double Figure(string name) =>
        _link.Status?.Figures.TryGetValue(name, out double value) == true ? value : 0;
}
