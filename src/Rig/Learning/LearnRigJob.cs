using System.Diagnostics;
using HilRig.Bridge.Learner;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Operators;
using HilRig.Harness.Policies;
using HilRig.Harness.Scenarios;
using HilRig.Recording.Episodes;
using HilRig.Recording.Ticks;
using HilRig.Rig.Files;
using HilRig.Rig.Processes;
using HilRig.Rig.Running;
using HilRig.Rig.Scenes;
using HilRig.Tasks;

namespace HilRig.Rig.Learning;

/// <summary>
/// `hilrig learn … --rig`: composes the rig's processes, a session of episodes and the learner's
/// process, and runs the programme to its end or as far as it gets; what is done is never lost.
/// </summary>
public sealed class LearnRigJob
{
    private readonly LearnRigFolder _folder;
    private readonly LearnRigOptions _options;
    private readonly string _learnerProgram;
    private readonly Action<string> _say;
    private readonly RigDescription _rig;
    private readonly IRobotTask _task;
    private readonly IRigClock _clock = RigClock.Create();

    private LearnRigJob(LearnRigFolder folder, string learnerProgram, Action<string> say)
    {
        _folder = folder;
        _options = folder.Options;
        _learnerProgram = learnerProgram;
        _say = say;
        _rig = RigFile.Load(_options.RigPath);
        _task = TaskCatalogue.Find(_options.Task);
    }

    private IOperatorInput? Operator { get; init; }

    private IReadOnlyList<ISessionView> Views { get; init; } = [];

    /// <summary>Begins a run, or goes on with one of the same options.</summary>
    /// <param name="folder">Folder of the run.</param>
    /// <param name="options">What it does.</param>
    /// <param name="learnerProgram">File of `hilrig-learn`.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    /// <param name="operatorInput">A person; null: simulated.</param>
    /// <param name="views">Who is shown what happens.</param>
    /// <exception cref="RigException">Something does not fit; nothing has moved.</exception>
    public static LearnRigJob Begin(
        string folder,
        LearnRigOptions options,
        string learnerProgram,
        Action<string> say,
        IOperatorInput? operatorInput = null,
        IReadOnlyList<ISessionView>? views = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var job = new LearnRigJob(LearnRigFolder.Create(folder, options), learnerProgram, say)
        {
            Operator = operatorInput,
            Views = views ?? [],
        };
        job.RequireFit();
        return job;
    }

    /// <summary>Whether a folder has a run on a rig, which can be resumed.</summary>
    /// <param name="folder">The folder.</param>
    public static bool CanResume(string folder) => LearnRigFolder.IsOne(folder);

    /// <summary>Reads what the run in a folder does.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="ScenarioException">It is none.</exception>
    public static LearnRigOptions OptionsOf(string folder) => LearnRigFolder.Open(folder).Options;

    /// <summary>Runs to the end. What the rig does wrong is in the result, not thrown.</summary>
    /// <param name="stop">Asks it to end in order; it can be resumed.</param>
    /// <exception cref="RigException">
    /// Rig or learner cannot start or be kept alive, or the disk refuses. It can be resumed.
    /// </exception>
    public LearnRigResult Run(CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        string recording = _folder.Recording;
        using EpisodeLog log = OpenLog();
        var journal = new EpisodeJournal(log, TimeProvider.System);
        EpisodeTally tally = EpisodeTally.Of(EpisodeLog.Read(_folder.Episodes));
        using var shelf = new PolicyShelf(
            _folder.Policies, _task.Description, SelectionSafety.None);
        using var link = new LearnerLink(
            new LearnerTerms(_task.Description.Name, _folder.OptionsSha256, 1), journal);
        using var learner = new LearnerChild(_folder, _learnerProgram, link, journal, _say);
        var programme = new RigProgramme(_options, _task, tally, shelf, learner, journal);
        SessionResult session;
        IReadOnlyList<long> verdicts;
        using (SupportingThreads.Enter())
        {
            using RigProcesses processes = RigProcesses.Start(
                _rig, TimeSpan.FromSeconds(1 / _options.LoopHertz), _folder.Processes);
            using McapTelemetrySink sink = McapTelemetrySink.Create(recording, Header(), _clock);
            session = RunSession(processes, sink, programme, journal, stop);
            verdicts = processes.Plant.Verdicts;
        }

        LearnRigResult result = new LearnRigSummary(_folder, _rig, tally, shelf)
            .Conclude(session, verdicts, learner, link.Status, TimeProvider.System.GetUtcNow()) with
        {
            WallSeconds = Stopwatch.GetElapsedTime(began).TotalSeconds,
            CpuSeconds = Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds,
            Recording = recording,
        };
        _folder.WriteResult(result.Encode());
        return result;
    }

    private SessionResult RunSession(
        RigProcesses processes,
        McapTelemetrySink sink,
        RigProgramme programme,
        EpisodeJournal journal,
        CancellationToken stop)
    {
        using VirtualScene? scene = _rig.Virtual?.Scene is null
            ? null
            : VirtualScene.Open(processes.Rig);
        SimulatedOperator? simulated = Operator is not null ? null : new SimulatedOperator(
            new SimulatedOperatorOptions
            {
                Seed = _options.Seed,
                ResetSecondsMedian = _options.OperatorSeconds,
            },
            _task.Description.ObjectJoints,
            scene,
            _clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            stop, processes.Unguarded);
        using var session = new RigSession(new SessionParts
        {
            Setting = new SessionSetting
            {
                Task = _task,
                Joints = JointBounds.From(_rig),
                LoopPeriod = TimeSpan.FromSeconds(1 / _options.LoopHertz),
                Scene = scene,
            },
            Options = new SessionOptions
            {
                Reset = new()
                {
                    SpeedFraction = _options.ResetSpeed,
                    ReadyPause = TimeSpan.FromSeconds(_options.ReadySeconds),
                },
            },
            Plant = processes.Plant,
            Sink = sink,
            Clock = _clock,
            RealTime = LoopOptions.Host,
            Programme = programme,
            Store = journal,
            Operator = Operator ?? simulated!,
            Views = simulated is null ? Views : [simulated, .. Views],
            Diagnose = processes.Diagnose,
        });
        return session.Run(ending.Token);
    }

    private EpisodeLog OpenLog() => EpisodeLog.Open(_folder.Episodes, new EpisodeLogHeader
    {
        Task = _task.Description.Name,
        PeriodSeconds = _task.Description.PeriodSeconds,
        Observation = [.. _task.Description.Observation.Select(Channel)],
        Action = [.. _task.Description.Action.Select(Channel)],
    });

    private static EpisodeChannel Channel(TaskChannel channel) =>
        new(channel.Name, channel.Unit, channel.Offset, channel.Scale);

    private RecordingHeader Header() => new()
    {
        RunId = Path.GetFileName(_folder.Path),
        ScenarioName = FormattableString.Invariant(
            $"learn {_options.Algorithm} {_options.Task}"),
        ScenarioText = _folder.OptionsText,
        RigName = _rig.Name,
        RigText = File.ReadAllText(_rig.Path),
        RigHash = _rig.Sha256,
        Joints = [.. _rig.Joints.Select(joint => new RecordedJoint(joint.Name, joint.Kind))],
        Seed = (long)(_options.Seed & long.MaxValue),
        Facts = new Dictionary<string, string> { ["task"] = _options.Task },
    };

    private void RequireFit()
    {
        if (_rig.IsPacketClocked || _rig.Isaac is not null)
        {
            throw new ScenarioException(
                "Learning on a rig needs an agent",
                _rig.Path,
                "a rig of servos on a bus",
                remedy: "rigs/peg-virtual.yaml shows one");
        }

        if (Operator is null && _rig.Virtual is null)
        {
            throw new ScenarioException(
                "A simulated operator cannot stand beside a real rig",
                _rig.Path,
                "--operator NAME, the person who resets the scene",
                _options.Operator);
        }

        if (Operator is null
            && _options.Operator == LearnRigOptions.SimulatedOperator
            && _task.Description.ObjectJoints.Count > 0
            && _rig.Virtual?.Scene is null)
        {
            throw new ScenarioException(
                "A simulated operator has no hands at this rig",
                _rig.Path,
                "'virtual.scene' with " + string.Join(", ", _task.Description.ObjectJoints),
                remedy: "a rig with objects, or --operator NAME for a person");
        }

        if (_rig.Virtual is not null)
        {
            VirtualRigFiles.Require(_rig);
        }
    }
}
