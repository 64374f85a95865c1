using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Harness.Faults;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Running;

/// <summary>
/// From arming to safe posture, on the loop's thread. Everything slow is done before the plant is
/// armed, because its deadman runs from then on.
/// </summary>
internal sealed class RunSession
{
    // Four seconds at 250 Hz: longer than any pause of the recorder's thread.
    private const int RingCapacity = 1024;
    private const long LeadNanoseconds = 5_000_000;
    private readonly RunParts _parts;
    private readonly TickJournal _journal;
    private readonly FaultedParts _faulted;

    /// <summary>Prepares a session.</summary>
    /// <param name="parts">Scenario, plants, sink and clock.</param>
    /// <param name="journal">Receives the ticks.</param>
    /// <param name="faults">What goes wrong on purpose.</param>
    internal RunSession(RunParts parts, TickJournal journal, FaultSchedule faults)
    {
        _parts = parts;
        _journal = journal;
        _faulted = FaultedParts.Of(
            parts.Plant, parts.Twin, FaultContext.Of(parts.Plan, faults, parts.Clock));
    }

    /// <summary>Arms, runs and stops the plant.</summary>
    /// <param name="stop">Asks the loop to end.</param>
    /// <exception cref="RigException">The plant, twin or controller cannot start.</exception>
    internal LoopOutcome Run(CancellationToken stop)
    {
        ScenarioPlan plan = _parts.Plan;
        _faulted.RequireDisguise(_parts.Plant);
        int dofCount = plan.Setting.Joints.Count;
        WarmUpRun.Go(plan, _parts.Twin);
        using IController controller = _faulted.Wrap(
            plan.Scenario.Controller.Create(plan.Setting));
        var ring = new SpscRing<TickRecord>(RingCapacity, () => new TickRecord(dofCount));
        using var pump = new TelemetryPump(ring, _parts.Sink, _parts.Clock, _journal);
        var initial = new JointState(dofCount);
        var twinStart = new JointState(dofCount);
        GC.Collect();
        StopReason reason = StopReason.HostDied;
        PlantStatus stopped = PlantStatus.Lost;
        LoopOutcome outcome;
        try
        {
            _parts.Plant.Start(initial);
            RequireMeasured(initial);
            initial.CopyTo(twinStart);
            _parts.Twin?.Start(twinStart);
            controller.Start(initial);
            outcome = RunLoop(controller, initial, ring, stop);
            reason = StopReason.Requested;
        }
        finally
        {
            stopped = _parts.Plant.Stop(reason);
            _parts.Twin?.Stop(reason);
        }

        return outcome with { IsStopConfirmed = stopped == PlantStatus.Ok };
    }

    private LoopOutcome RunLoop(
        IController controller,
        JointState initial,
        SpscRing<TickRecord> ring,
        CancellationToken stop)
    {
        ScenarioPlan plan = _parts.Plan;
        var loop = new ControlLoop(new LoopParts
        {
            Plant = _faulted.Plant,
            Twin = _faulted.Twin,
            Controller = controller,
            Ticks = _parts.Plant.DeviceClock ?? new GridTickSource(
                _parts.Clock,
                plan.PeriodNanoseconds,
                _parts.Clock.NowNanoseconds + LeadNanoseconds),
            Clock = _parts.Clock,
            Joints = plan.Setting.Joints,
            Phases = new PhaseSequence(
                TimesOf(plan),
                [.. initial.Position],
                [.. plan.Setting.StartPose],
                [.. plan.Setting.Joints.Select(joint => joint.Limits.VelocityMax)]),
            Initial = initial,
            Ring = ring,
            Sink = _parts.Sink,
            Faults = _faulted.Schedule,
            Sensors = _faulted.Sensors,
        });
        LoopDisturbance before = LoopDisturbance.Read();
        LoopEnding ending = loop.Run(stop);
        LoopDisturbance seen = LoopDisturbance.Read().Since(before);
        return new LoopOutcome
        {
            Ending = ending,
            OverflowCount = loop.OverflowCount,
            AllocatedBytes = loop.AllocatedBytes,
            Disturbance = seen,
        };
    }

    private static PhaseTimes TimesOf(ScenarioPlan plan)
    {
        Approach approach = plan.Scenario.Approach;
        return new PhaseTimes(
            plan.Scenario.Recorded is null,
            (long)(approach.TimeSeconds * 1e9),
            (long)(approach.SettleSeconds * 1e9),
            plan.DurationNanoseconds,
            plan.Scenario.Repeats);
    }

    private void RequireMeasured(JointState initial)
    {
        for (int i = 0; i < initial.Position.Length; i++)
        {
            if (!double.IsFinite(initial.Position[i]))
            {
                throw new DeviceException(
                    $"The joint '{_parts.Plan.Setting.Joints[i].Name}' was not measured at arming",
                    _parts.RigName,
                    "a position",
                    "none",
                    "cabling and supply of that servo");
            }
        }
    }
}
