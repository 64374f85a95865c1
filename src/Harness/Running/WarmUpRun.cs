using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;
using HilRig.Harness.Faults;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Running;

/// <summary>
/// One short run of the same loop, controller and twin on a plant that echoes, without waiting, so
/// that their code is compiled before the real plant is armed.
/// </summary>
internal static class WarmUpRun
{
    private const int RampTicks = 8;
    private const int MeasureTicks = 32;

    /// <summary>Does it. The twin must be started again afterwards.</summary>
    /// <param name="plan">The scenario.</param>
    /// <param name="twin">The twin; null for none.</param>
    internal static void Go(ScenarioPlan plan, IPlant? twin)
    {
        IReadOnlyList<JointBounds> joints = plan.Setting.Joints;
        long period = plan.PeriodNanoseconds;
        var initial = new JointState(joints.Count);
        for (int i = 0; i < joints.Count; i++)
        {
            double start = plan.Setting.StartPose[i];
            initial.Position[i] = double.IsNaN(start) ? 0 : start;
            initial.Velocity[i] = 0;
        }

        var clock = new DrawnClock();
        using var plant = new EchoPlant(joints.Count, clock);
        FaultSchedule schedule = FaultSchedule.ForWarmUp(plan, period * MeasureTicks / 2e9);
        FaultedParts faulted = FaultedParts.Of(
            plant, twin, FaultContext.Of(plan, schedule, clock));
        using IController controller = faulted.Wrap(
            plan.Scenario.Controller.Create(plan.Setting));
        using var sink = new IdleSink();
        twin?.Start(Copy(initial));
        controller.Start(initial);
        var times = new PhaseTimes(
            true, RampTicks * period, RampTicks * period, MeasureTicks * period, 1);
        var loop = new ControlLoop(new LoopParts
        {
            Plant = faulted.Plant,
            Twin = faulted.Twin,
            Controller = controller,
            Ticks = new GridTickSource(clock, period, period),
            Clock = clock,
            Joints = joints,
            Phases = new PhaseSequence(
                times,
                [.. initial.Position],
                [.. initial.Position],
                [.. joints.Select(joint => joint.Limits.VelocityMax)]),
            Initial = initial,
            Ring = new SpscRing<TickRecord>(128, () => new TickRecord(joints.Count)),
            Sink = sink,
            Faults = schedule,
            Sensors = faulted.Sensors,
        });
        loop.Run(CancellationToken.None);
    }

    private static JointState Copy(JointState state)
    {
        var copy = new JointState(state.Position.Length);
        state.CopyTo(copy);
        return copy;
    }

    /// <summary>A clock that is always where it is asked to be.</summary>
    private sealed class DrawnClock : IRigClock
    {
        public long NowNanoseconds { get; private set; }

        public void SleepUntil(long instantNanoseconds) =>
            NowNanoseconds = Math.Max(NowNanoseconds, instantNanoseconds);
    }

    /// <summary>A plant that is at once where it is told to be.</summary>
    private sealed class EchoPlant(int dofCount, IRigClock clock) : IPlant
    {
        private readonly JointState _state = new(dofCount);
        private bool _isUnread;

        public PlantDescription Description { get; } = new("echo", []);

        public ITickSource? DeviceClock => null;

        public void Start(JointState initial)
        {
        }

        public PlantStatus TryRead(JointState state)
        {
            if (!_isUnread)
            {
                return PlantStatus.NoNewState;
            }

            _isUnread = false;
            _state.CopyTo(state);
            return PlantStatus.Ok;
        }

        public PlantStatus Write(in Tick tick, JointCommand command)
        {
            command.Position.AsSpan().CopyTo(_state.Position);
            _state.Velocity.AsSpan().Clear();
            _state.Sequence++;
            _state.AnsweredCommandSequence = command.Sequence;
            _state.SampledNanoseconds = clock.NowNanoseconds;
            _state.Health = PlantHealth.Armed;
            _state.FreshJoints = ulong.MaxValue;
            _isUnread = true;
            return PlantStatus.Ok;
        }

        public PlantStatus Stop(StopReason reason) => PlantStatus.Ok;

        public void Dispose()
        {
        }
    }

    /// <summary>A sink that takes nothing: the loop only asks how it is.</summary>
    private sealed class IdleSink : ITelemetrySink
    {
        public RecordingStatus Status => RecordingStatus.Recording;

        public Core.Errors.RigException? Failure => null;

        public void Append(TickRecord record)
        {
        }

        public void AppendStep(in PolicyStep step)
        {
        }

        public void AppendEvent(long instantNanoseconds, string kind, string text)
        {
        }

        public void Dispose()
        {
        }
    }
}
