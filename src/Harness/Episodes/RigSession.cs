using System.Runtime.ExceptionServices;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Harness.Episodes.Health;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Harness.RealTime;
using HilRig.Harness.Running;

namespace HilRig.Harness.Episodes;

/// <summary>
/// A session of episodes on a plant: arms it, runs the loop and the conductor, brings the plant to
/// its safe posture whatever happens.
/// </summary>
public sealed class RigSession : IDisposable
{
    private const int RingCapacity = 1024;
    private const int PollMilliseconds = 5;
    private const long LeadNanoseconds = 5_000_000;
    private readonly SessionParts _parts;
    private readonly EpisodeController _controller;
    private readonly ArmLink _arm;
    private readonly NoticeBoard _board;
    private readonly HealthMonitor _health;
    private readonly SessionTicks _ticks = new();

    /// <summary>Prepares a session.</summary>
    /// <param name="parts">What it needs.</param>
    /// <exception cref="ScenarioException">The task does not fit the rig.</exception>
    public RigSession(SessionParts parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        SessionSetting setting = parts.Setting.Check();
        if (parts.Options.Reset.Via.Count > EpisodeController.ViaMax)
        {
            throw new ScenarioException(
                "A reset has too many poses on its way",
                setting.Task.Description.Name,
                $"at most {EpisodeController.ViaMax}",
                $"{parts.Options.Reset.Via.Count}");
        }

        _parts = parts with { Setting = setting };
        _health = new HealthMonitor(parts.Options.Health);
        _controller = new EpisodeController(setting, parts.Clock);
        _arm = new ArmLink(_controller, setting);
        _board = new NoticeBoard(parts.Sink, parts.Views);
        Conductor = new Conductor(new ConductorParts
        {
            Setting = setting,
            Options = parts.Options,
            Arm = _arm,
            Board = _board,
            Programme = parts.Programme,
            Store = parts.Store,
            Operator = parts.Operator,
            Health = _health,
        });
    }

    /// <summary>The conductor, for who polls it without a thread.</summary>
    internal Conductor Conductor { get; }

    /// <summary>Runs the session to its end. Blocks.</summary>
    /// <param name="stop">Asks it to end at once.</param>
    /// <exception cref="RigException">The plant or twin cannot start.</exception>
    public SessionResult Run(CancellationToken stop)
    {
        using var finish = new ManualResetEventSlim();
        ExceptionDispatchInfo? fault = null;
        var thread = new Thread(() => fault = Conduct(finish))
        {
            IsBackground = true,
            Name = "hilrig conductor",
        };
        thread.Start();
        LoopOutcome outcome;
        try
        {
            outcome = LoopThread.Run(_parts.RealTime, () => RunLoop(stop));
        }
        finally
        {
            finish.Set();
            thread.Join();
        }

        fault?.Throw();
        return Conclude(outcome);
    }

    /// <inheritdoc/>
    public void Dispose() => _controller.Dispose();

    /// <summary>Arms, runs the loop and stops the plant, on the calling thread.</summary>
    /// <param name="stop">Asks the loop to end.</param>
    internal LoopOutcome RunLoop(CancellationToken stop)
    {
        int dofCount = _parts.Setting.Joints.Count;
        var ring = new SpscRing<TickRecord>(RingCapacity, () => new TickRecord(dofCount));
        using var pump = new TelemetryPump(ring, _parts.Sink, _parts.Clock, _ticks);
        var initial = new JointState(dofCount);
        var twinStart = new JointState(dofCount);
        GC.Collect();
        StopReason reason = StopReason.HostDied;
        PlantStatus stopped = PlantStatus.Lost;
        LoopOutcome outcome;
        try
        {
            _parts.Plant.Start(initial);
            initial.CopyTo(twinStart);
            _parts.Twin?.Start(twinStart);
            _controller.Start(initial);
            outcome = Loop(initial, ring, stop);
            reason = StopReason.Requested;
        }
        finally
        {
            stopped = _parts.Plant.Stop(reason);
            _parts.Twin?.Stop(reason);
        }

        return outcome with { IsStopConfirmed = stopped == PlantStatus.Ok };
    }

    /// <summary>Tells the conductor of the loop's end, and makes the result.</summary>
    /// <param name="outcome">What the loop left.</param>
    internal SessionResult Conclude(LoopOutcome outcome)
    {
        bool hasStopped = outcome.Ending is LoopEnding.PlantStopped or LoopEnding.PlantLost;
        string? why = hasStopped ? _parts.Diagnose?.Invoke() : null;
        Conductor.LoopEnded(outcome.Ending, why, _parts.Clock.NowNanoseconds);
        return new SessionResult
        {
            Ending = Conductor.Ending!.Value,
            Reason = Conductor.Reason,
            Tally = Conductor.Tally,
            Health = _health.Read(),
            TickCount = _ticks.TickCount,
            MissedTickCount = _ticks.MissedCount,
            UnansweredTickCount = _ticks.UnansweredCount,
            ClippedTickCount = _ticks.ClippedCount,
            UnrecordedTickCount = outcome.OverflowCount,
            AllocatedBytes = outcome.AllocatedBytes,
            IsStopConfirmed = outcome.IsStopConfirmed,
            Grants = outcome.Grants,
        };
    }

    private LoopOutcome Loop(
        JointState initial, SpscRing<TickRecord> ring, CancellationToken stop)
    {
        long period = (long)Math.Round(_parts.Setting.LoopPeriod.TotalSeconds * 1e9);
        double[] anywhere = new double[_parts.Setting.Joints.Count];
        Array.Fill(anywhere, double.NaN);
        var loop = new ControlLoop(new LoopParts
        {
            Plant = _parts.Plant,
            Twin = _parts.Twin,
            Controller = _controller,
            Ticks = _parts.Plant.DeviceClock ?? new GridTickSource(
                _parts.Clock, period, _parts.Clock.NowNanoseconds + LeadNanoseconds),
            Clock = _parts.Clock,
            Joints = _parts.Setting.Joints,
            Phases = new PhaseSequence(
                new PhaseTimes(false, 0, 0, long.MaxValue, 1),
                [.. initial.Position],
                anywhere,
                _parts.Setting.VelocityMax),
            Initial = initial,
            Ring = ring,
            Sink = _parts.Sink,
        });
        LoopDisturbance before = LoopDisturbance.Read();
        LoopEnding ending = loop.Run(stop);
        return new LoopOutcome
        {
            Ending = ending,
            OverflowCount = loop.OverflowCount,
            AllocatedBytes = loop.AllocatedBytes,
            Disturbance = LoopDisturbance.Read().Since(before),
        };
    }

    // A conductor that fails ends the loop, which brings the plant to its safe posture.
    private ExceptionDispatchInfo? Conduct(ManualResetEventSlim finish)
    {
        try
        {
            while (!finish.Wait(PollMilliseconds))
            {
                Conductor.Poll(_parts.Clock.NowNanoseconds);
            }

            return null;
        }
        catch (Exception error)
        {
            _arm.End();
            return ExceptionDispatchInfo.Capture(error);
        }
    }
}
