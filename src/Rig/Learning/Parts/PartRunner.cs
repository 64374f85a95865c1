using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Harness.Episodes;
using HilRig.Harness.Episodes.Notices;
using HilRig.Harness.Episodes.Operators;
using HilRig.Harness.Scenarios;
using HilRig.Recording.Ticks;
using HilRig.Rig.Processes;
using HilRig.Rig.Scenes;
using HilRig.Rig.Stops;
using HilRig.Tasks;

namespace HilRig.Rig.Learning.Parts;

/// <summary>
/// Runs one part of a run at a time: the rig's processes, a recording, a session of episodes.
/// </summary>
internal sealed class PartRunner(
    LearnRigFolder folder, RigDescription rig, IRobotTask task, IRigClock clock)
{
    private readonly LearnRigOptions _options = folder.Options;

    /// <summary>A person; null: simulated.</summary>
    internal IOperatorInput? Operator { get; init; }

    /// <summary>Who is shown what happens.</summary>
    internal IReadOnlyList<ISessionView> Views { get; init; } = [];

    /// <summary>What agent and guardian said of the stop of the last part; null: nothing.</summary>
    internal StopFacts? Stop { get; private set; }

    private TimeSpan LoopPeriod => TimeSpan.FromSeconds(1 / _options.LoopHertz);

    /// <summary>Runs a part to its end.</summary>
    /// <param name="watch">Keeps its figures.</param>
    /// <param name="recording">File of its recording.</param>
    /// <param name="programme">Which episodes.</param>
    /// <param name="store">Where they go.</param>
    /// <param name="stop">Asks it to end in order.</param>
    /// <exception cref="RigException">Something cannot start, or the disk refuses.</exception>
    internal SessionResult Run(
        PartWatch watch,
        string recording,
        IEpisodeProgramme programme,
        IEpisodeStore store,
        CancellationToken stop)
    {
        SessionResult? session = null;
        Stop = null;
        try
        {
            using (SupportingThreads.Enter())
            {
                // On TCP: what is learnt here does not depend on the transport, and a session must
                // last for hours beside a learner that takes every processor there is.
                RigProcesses processes = RigProcesses.Start(
                    rig, LoopPeriod, folder.Processes, isBusTcp: true);
                try
                {
                    watch.Plant = processes.Plant;
                    using McapTelemetrySink sink =
                        McapTelemetrySink.Create(recording, Header(), clock);
                    session = RunSession(processes, sink, programme, store, watch, stop);
                    watch.Note(session);
                }
                finally
                {
                    processes.Dispose();
                    Stop = processes.Stop;
                }
            }
        }
        catch (RigException error)
        {
            watch.End(nameof(SessionEnding.Failed), error.Message, Stop);
            throw;
        }

        watch.End(session.Ending.ToString(), session.Reason, Stop);
        return session;
    }

    private SessionResult RunSession(
        RigProcesses processes,
        McapTelemetrySink sink,
        IEpisodeProgramme programme,
        IEpisodeStore store,
        ISessionView watch,
        CancellationToken stop)
    {
        using VirtualScene? scene = rig.Virtual?.Scene is null
            ? null
            : VirtualScene.Open(processes.Rig);
        SimulatedOperator? simulated = Operator is not null ? null : new SimulatedOperator(
            new SimulatedOperatorOptions
            {
                Seed = _options.Seed,
                ResetSecondsMedian = _options.OperatorSeconds,
            },
            task.Description.ObjectJoints,
            scene,
            clock);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            stop, processes.Unguarded);
        using var session = new RigSession(new SessionParts
        {
            Setting = new SessionSetting
            {
                Task = task,
                Joints = JointBounds.From(rig),
                LoopPeriod = LoopPeriod,
                Scene = scene,
            },
            Options = new SessionOptions
            {
                Reset = new()
                {
                    SpeedFraction = _options.ResetSpeed,
                    ReadyPause = TimeSpan.FromSeconds(_options.ReadySeconds),
                },
                Health = new() { ValueGapMin = 0.01 / _options.Softness },
            },
            Plant = processes.Plant,
            Sink = sink,
            Clock = clock,
            RealTime = LoopOptions.Host,
            Programme = programme,
            Store = store,
            Operator = Operator ?? simulated!,
            Views = simulated is null ? [.. Views, watch] : [simulated, .. Views, watch],
            Diagnose = processes.Diagnose,
        });
        return Restated(session.Run(ending.Token), processes, stop);
    }

    // A guardian that has taken the rig over ends, and that ends the session: a stop, not a wish.
    private static SessionResult Restated(
        SessionResult session, RigProcesses processes, CancellationToken stop) =>
        session.Ending == SessionEnding.Cancelled && !stop.IsCancellationRequested
            ? session with
            {
                Ending = SessionEnding.PlantStopped,
                Reason = processes.Diagnose() ?? "the guardian has ended",
            }
            : session;

    private RecordingHeader Header() => new()
    {
        RunId = Path.GetFileName(folder.Path),
        ScenarioName = FormattableString.Invariant(
            $"learn {_options.Algorithm} {_options.Task}"),
        ScenarioText = folder.OptionsText,
        RigName = rig.Name,
        RigText = File.ReadAllText(rig.Path),
        RigHash = rig.Sha256,
        Joints = [.. rig.Joints.Select(joint => new RecordedJoint(joint.Name, joint.Kind))],
        Seed = (long)(_options.Seed & long.MaxValue),
        Facts = new Dictionary<string, string> { ["task"] = _options.Task },
    };
}
