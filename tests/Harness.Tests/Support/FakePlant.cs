using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Harness.Tests.Support;

/// <summary>
/// A plant whose joints follow the goal with a first-order lag, and which can misbehave.
/// </summary>
internal sealed class FakePlant : IPlant
{
    private readonly FakeClock? _clock;
    private readonly double _timeConstantSeconds;
    private readonly JointState _state;
    private long _previousPlanned;
    private bool _isUnread;
    private bool _isStopped;

    public FakePlant(IReadOnlyList<string> joints, double timeConstantSeconds, FakeClock? clock)
    {
        _clock = clock;
        _timeConstantSeconds = timeConstantSeconds;
        _state = new JointState(joints.Count);
        Description = new PlantDescription("fake", [.. joints.Select(name =>
            new JointDescription(name, JointKind.Revolute, new JointLimits(-3, 3, 5, 1)))]);
    }

    public PlantDescription Description { get; }

    public ITickSource? DeviceClock => null;

    public double[] Initial { get; init; } = [];

    public long WriteCount { get; private set; }

    public long StopAfterWrites { get; init; } = long.MaxValue;

    public long LostAfterWrites { get; init; } = long.MaxValue;

    public Func<long, bool> IsAnswered { get; init; } = _ => true;

    public bool GivesNaN { get; init; }

    /// <summary>Joint that no longer moves; -1 for none.</summary>
    public int StuckJoint { get; set; } = -1;

    public List<StopReason> Stops { get; } = [];

    public List<double> FirstGoals { get; } = [];

    public void Start(JointState initial)
    {
        for (int i = 0; i < Description.DofCount; i++)
        {
            double own = Initial.Length > 0 ? Initial[i] : double.NaN;
            double start = double.IsNaN(own) ? initial.Position[i] : own;
            _state.Position[i] = double.IsNaN(start) ? 0 : start;
            _state.Velocity[i] = 0;
        }

        _state.Health = PlantHealth.Armed;
        _state.AnsweredCommandSequence = 0;
        _state.FreshJoints = ulong.MaxValue;
        _isUnread = false;
        _previousPlanned = 0;
        _state.CopyTo(initial);
        if (GivesNaN)
        {
            initial.Position[0] = double.NaN;
        }
    }

    /// <summary>Latches a stop.</summary>
    public void StopNow() => _isStopped = true;

    public PlantStatus TryRead(JointState state)
    {
        if (WriteCount >= LostAfterWrites)
        {
            return PlantStatus.Lost;
        }

        if (_isStopped || WriteCount >= StopAfterWrites)
        {
            return PlantStatus.Stopped;
        }

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
        WriteCount++;
        double seconds = _previousPlanned == 0
            ? tick.PeriodNanoseconds / 1e9
            : (tick.PlannedNanoseconds - _previousPlanned) / 1e9;
        _previousPlanned = tick.PlannedNanoseconds;
        double keep = _timeConstantSeconds > 0 ? Math.Exp(-seconds / _timeConstantSeconds) : 0;
        for (int i = 0; i < command.Position.Length; i++)
        {
            double before = _state.Position[i];
            _state.Position[i] = i == StuckJoint
                ? before
                : command.Position[i] + keep * (before - command.Position[i]);
            _state.Velocity[i] = (_state.Position[i] - before) / seconds;
        }

        if (WriteCount == 1)
        {
            FirstGoals.AddRange(command.Position);
        }

        _state.Sequence++;
        _state.AnsweredCommandSequence = command.Sequence;
        _state.SampledNanoseconds = tick.PlannedNanoseconds + 1_000_000;
        _state.Stamps = new HopStamps
        {
            AgentReceived = tick.PlannedNanoseconds + 300_000,
            BusWriteEnd = tick.PlannedNanoseconds + 500_000,
            BusReply = tick.PlannedNanoseconds + 1_500_000,
            StateReceived = tick.PlannedNanoseconds + 1_700_000,
        };
        _isUnread = IsAnswered(command.Sequence);
        _ = _clock;
        return PlantStatus.Ok;
    }

    public PlantStatus Stop(StopReason reason)
    {
        Stops.Add(reason);
        return PlantStatus.Ok;
    }

    public void Dispose()
    {
    }
}
