using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;

namespace HilRig.Harness.RealTime;

/// <summary>
/// The loop of a run: wait, read, compute, limit, send, step the twin, hand the tick over. Runs on
/// a thread of its own; after warm-up it allocates nothing and takes no lock.
/// </summary>
internal sealed class ControlLoop
{
    /// <summary>Ticks before allocation is counted.</summary>
    internal const int WarmUpTicks = 100;

    private const int DrainPeriods = 4;
    private readonly LoopParts _parts;
    private readonly PendingTicks _pending;
    private readonly CommandLimiter _limiter;
    private readonly JointCommand _command;
    private readonly JointCommand _previousCommand;
    private readonly JointState _scratch;
    private readonly JointState _measured;
    private readonly JointState _twinState;
    private long _sequence;
    private Tick _previousTick;
    private bool _hasPrevious;
    private long _allocatedAtWarmUp;

    /// <summary>Makes a loop; nothing runs yet.</summary>
    /// <param name="parts">Plants, controller, clock, phases and ring.</param>
    internal ControlLoop(LoopParts parts)
    {
        int dofCount = parts.Joints.Count;
        _parts = parts;
        _pending = new PendingTicks(dofCount, parts.Ring);
        _limiter = new CommandLimiter(parts.Joints, parts.Initial.Position);
        _command = new JointCommand(dofCount);
        parts.Initial.Position.AsSpan().CopyTo(_command.Position);
        Array.Fill(_command.TorqueEnabled, true);
        _previousCommand = new JointCommand(dofCount);
        _scratch = new JointState(dofCount);
        _measured = new JointState(dofCount);
        parts.Initial.CopyTo(_measured);
        _twinState = new JointState(dofCount);
    }

    /// <summary>Ticks run.</summary>
    internal long TickCount { get; private set; }

    /// <summary>Ticks lost because the recorder fell behind.</summary>
    internal long OverflowCount => _pending.OverflowCount;

    /// <summary>Bytes this thread allocated after warm-up.</summary>
    internal long AllocatedBytes { get; private set; }

    /// <summary>Runs to the end. Throws only when a part breaks its promise not to.</summary>
    /// <param name="stop">Asks the loop to end.</param>
    internal LoopEnding Run(CancellationToken stop)
    {
        LoopEnding? ending = null;
        while (ending is null)
        {
            ending = _parts.Ticks.WaitNext(out Tick tick) switch
            {
                TickStatus.Due => stop.IsCancellationRequested ? LoopEnding.Cancelled : Turn(tick),
                TickStatus.Ended => LoopEnding.Completed,
                TickStatus.DeviceLost => LoopEnding.PlantLost,
            };
        }

        if (TickCount > WarmUpTicks)
        {
            AllocatedBytes = GC.GetAllocatedBytesForCurrentThread() - _allocatedAtWarmUp;
        }

        if (ending == LoopEnding.Completed)
        {
            DrainAnswers();
        }

        _pending.Flush();
        return ending.Value;
    }

    private LoopEnding? Turn(in Tick tick)
    {
        if (TickCount == WarmUpTicks)
        {
            _allocatedAtWarmUp = GC.GetAllocatedBytesForCurrentThread();
        }

        TickCount++;
        LoopEnding? ending = ReadPlant(tick.PlannedNanoseconds);
        if (ending is not null)
        {
            return ending;
        }

        HopStamps stamps = default;
        stamps.Planned = tick.PlannedNanoseconds;
        stamps.Woke = tick.WokeNanoseconds;
        stamps.StateRead = _parts.Clock.NowNanoseconds;
        ending = Compute(tick, out long elapsed, out bool isLast);
        if (ending is not null || isLast)
        {
            return ending ?? LoopEnding.Completed;
        }

        ulong clipped = _limiter.Apply(_command, _measured, SincePrevious(tick));
        stamps.ControllerDone = _parts.Clock.NowNanoseconds;
        Address(tick, stamps.ControllerDone);
        TickRecord record = _pending.Begin();
        ending = EndingOf(_parts.Plant.Write(tick, _command));
        stamps.CommandSent = _parts.Clock.NowNanoseconds;
        if (ending is null && _parts.Twin is { } twin)
        {
            ending = StepTwin(twin, tick, record);
            stamps.TwinStepped = _parts.Clock.NowNanoseconds;
        }

        record.Tick = tick;
        record.ElapsedNanoseconds = elapsed;
        record.Repeat = _parts.Phases.Repeat;
        _command.CopyTo(record.Command);
        record.ClippedJoints = clipped;
        record.Stamps = stamps;
        _command.CopyTo(_previousCommand);
        _previousTick = tick;
        _hasPrevious = true;
        return ending ?? (_parts.Sink.Status is RecordingStatus.Recording
            ? null
            : LoopEnding.RecorderFailed);
    }

    private LoopEnding? Compute(in Tick tick, out long elapsed, out bool isLast)
    {
        PhaseSequence phases = _parts.Phases;
        if (_hasPrevious)
        {
            phases.Advance(tick, _command.Position);
        }
        else
        {
            phases.Begin(tick);
        }

        elapsed = phases.Elapsed(tick);
        isLast = false;
        if (phases.Phase == LoopPhase.Measure)
        {
            _parts.Faults?.Begin(tick.PlannedNanoseconds - elapsed);
            switch (_parts.Controller.Compute(tick, elapsed, _measured, _command))
            {
                case ControllerStatus.Ok:
                    return null;
                case ControllerStatus.Failed:
                    return LoopEnding.ControllerFailed;
                case ControllerStatus.Done:
                    phases.EndMeasure(tick, _command.Position);
                    elapsed = phases.Elapsed(tick);
                    break;
            }
        }

        isLast = phases.Phase == LoopPhase.Ended;
        phases.Fill(tick, _command);
        return null;
    }

    private LoopEnding? ReadPlant(long planned)
    {
        while (true)
        {
            PlantStatus status = _parts.Plant.TryRead(_scratch);
            if (status != PlantStatus.Ok)
            {
                return EndingOf(status);
            }

            _scratch.CopyTo(_measured);
            ulong faulted = _parts.Sensors?.Apply(planned, _measured) ?? 0;
            _pending.Answer(_scratch, _parts.Clock.NowNanoseconds, _measured, faulted);
        }
    }

    private LoopEnding? StepTwin(IPlant twin, in Tick tick, TickRecord record)
    {
        // After missed ticks the twin goes on with the command that was in force meanwhile.
        long due = _previousTick.PlannedNanoseconds + _previousTick.PeriodNanoseconds;
        if (_hasPrevious && tick.PlannedNanoseconds > due)
        {
            Tick gap = _previousTick with
            {
                PlannedNanoseconds = due,
                PeriodNanoseconds = tick.PlannedNanoseconds - due,
            };
            _ = twin.Write(gap, _previousCommand);
        }

        PlantStatus status = twin.TryRead(_scratch);
        while (status == PlantStatus.Ok)
        {
            _scratch.CopyTo(_twinState);
            status = twin.TryRead(_scratch);
        }

        _twinState.CopyTo(record.Twin);
        if (status == PlantStatus.NoNewState)
        {
            status = twin.Write(tick, _command);
        }

        return status is PlantStatus.Ok or PlantStatus.NoNewState ? null : LoopEnding.TwinFailed;
    }

    private void Address(in Tick tick, long now)
    {
        _command.Sequence = ++_sequence;
        _command.AnsweredStateSequence = _measured.Sequence;
        _command.PlannedNanoseconds = tick.PlannedNanoseconds;
        _command.CreatedNanoseconds = now;

        // How long a command is good for is the plant's to say: it knows the way to the bus.
        _command.ValidUntilNanoseconds = 0;
    }

    private long SincePrevious(in Tick tick) => _hasPrevious
        ? tick.PlannedNanoseconds - _previousTick.PlannedNanoseconds
        : tick.PeriodNanoseconds;

    // The last commands are answered after the last tick.
    private void DrainAnswers()
    {
        for (int i = 0; i < DrainPeriods; i++)
        {
            long next = _parts.Clock.NowNanoseconds + _previousTick.PeriodNanoseconds;
            _parts.Clock.SleepUntil(next);
            if (ReadPlant(next) is not null)
            {
                return;
            }
        }
    }

    private static LoopEnding? EndingOf(PlantStatus status) => status switch
    {
        PlantStatus.Ok or PlantStatus.NoNewState => null,
        PlantStatus.Stopped => LoopEnding.PlantStopped,
        PlantStatus.Lost => LoopEnding.PlantLost,
    };
}
