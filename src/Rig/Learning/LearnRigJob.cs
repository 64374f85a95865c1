using HilRig.Bridge.Learner;
using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Operators;
using HilRig.Harness.Episodes.Recovery;
using HilRig.Recording.Episodes;
using HilRig.Rig.Files;
using HilRig.Rig.Learning.Parts;
using HilRig.Rig.Processes;
using HilRig.Rig.Running;
using HilRig.Tasks;

namespace HilRig.Rig.Learning;

/// <summary>
/// `hilrig learn … --rig`: composes the rig's processes, a session of episodes and the learner's
/// process, and runs the programme to its end or as far as it gets; what is done is never lost.
/// </summary>
public sealed class LearnRigJob
{
    // Looking at a rig that has stopped takes longer than setting a scene.
    private const double LookingPerReset = 5;
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
        using EpisodeLog log = OpenLog();
        PartJournal parts = PartJournal.Open(_folder.Path);
        var journal = new EpisodeJournal(log, TimeProvider.System);
        EpisodeTally tally = EpisodeTally.Of(EpisodeLog.Read(_folder.Episodes));
        using var shelf = new PolicyShelf(
            _folder.Policies, _task.Description, _options.SafetyOf(_task.Description));
        using var link = new LearnerLink(
            new LearnerTerms(_task.Description.Name, _folder.OptionsSha256, 1), journal);
        using var learner = new LearnerChild(_folder, _learnerProgram, link, journal, _say);
        var programme = new RigProgramme(_options, _task, tally, shelf, learner, journal, _say);
        var runner = new PartRunner(_folder, _rig, _task, _clock)
        {
            Operator = Operator,
            Views = Views,
        };
        SessionResult session = RunParts(runner, parts, learner, programme, journal, stop);
        LearnRigResult result = new LearnRigSummary(_folder, _rig, tally, shelf)
            .Conclude(session, parts.Parts, link.Status, TimeProvider.System.GetUtcNow());
        _folder.WriteResult(result.Encode());
        return result;
    }

    // A part ends with the rig's stop; while the operator clears it, another one follows.
    private SessionResult RunParts(
        PartRunner runner,
        PartJournal parts,
        LearnerChild learner,
        RigProgramme programme,
        EpisodeJournal journal,
        CancellationToken stop)
    {
        for (int stops = 0; ; stops++)
        {
            string recording = _folder.Recording;
            var watch = new PartWatch(
                parts, learner, Path.GetFileName(recording), TimeProvider.System.GetUtcNow());
            SessionResult session = runner.Run(watch, recording, programme, journal, stop);
            if (session.Ending != SessionEnding.PlantStopped
                || !StopRules.MayGoOn(runner.Stop, isPersonThere: Operator is not null)
                || stops == _options.RearmMax)
            {
                return session;
            }

            SessionEnding? refusal = AskToRearm(session.Reason, stops + 1, stop);
            if (refusal is { } ending)
            {
                return session with { Ending = ending, Reason = "after " + session.Reason };
            }

            ClearLatch();
            watch.NoteRearm();
        }
    }

    private SessionEnding? AskToRearm(string reason, int number, CancellationToken stop)
    {
        SimulatedOperator? simulated = Operator is not null ? null : new SimulatedOperator(
            new SimulatedOperatorOptions
            {
                Seed = _options.Seed + (ulong)number,
                RearmSecondsMedian = LookingPerReset * _options.OperatorSeconds,
            },
            _task.Description.ObjectJoints,
            hands: null,
            _clock);
        IOperatorInput person = Operator ?? simulated!;
        var desk = new RearmDesk(person, simulated is null ? Views : [simulated, .. Views], _clock);
        return desk.Ask(reason, number, _options.RearmMax, stop) switch
        {
            RearmAnswer.Rearm => null,
            RearmAnswer.Broken => SessionEnding.RigBroken,
            RearmAnswer.Quit => SessionEnding.OperatorQuit,
            RearmAnswer.Silent => SessionEnding.OperatorSilent,
            RearmAnswer.Cancelled => SessionEnding.Cancelled,
        };
    }

    // An emulated rig's latch lies with the logs of its processes, and ends with them.
    private void ClearLatch()
    {
        if (_rig.Virtual is null)
        {
            GuardianProcess.Rearm(new ProcessArguments { RigPath = _rig.Path });
        }
    }

    private EpisodeLog OpenLog() => EpisodeLog.Open(
        _folder.Episodes, EpisodeLogStore.HeaderOf(_task.Description));

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
