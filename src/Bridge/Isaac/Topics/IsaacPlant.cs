using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Isaac.Topics;

/// <summary>
/// An arm that Isaac Sim simulates, as a plant. Isaac sets the pace: each joint state is a tick,
/// due when Isaac's simulated time says; states that went lost are missed ticks.
/// </summary>
/// <remarks>
/// Isaac does not say which command a state answers. A state counts as the answer to the last
/// command that had left when it arrived, which may be one too many. When Isaac falls silent, or
/// its time goes back (a reset), the plant is lost. A stop tells it once more to stay where it is;
/// it has no deadman: without a command it holds the last goal.
/// </remarks>
public sealed class IsaacPlant : IPlant, ITickSource
{
    private readonly IsaacPlantOptions _options;
    private readonly IsaacJointsLink _link;
    private readonly long _periodNanoseconds;
    private readonly ulong _everyJoint;
    private readonly JointCommand _hold;
    private long _seen;
    private long _index = -1;
    private long _lostBefore;
    private bool _hasCommanded;
    private bool _stopped;

    private IsaacPlant(IsaacPlantOptions options)
    {
        _options = options;
        _periodNanoseconds = MonotonicClock.Nanoseconds(options.Period);
        _everyJoint = ulong.MaxValue >> (64 - options.Description.DofCount);
        _hold = new JointCommand(options.Description.DofCount);
        _link = new IsaacJointsLink(options);
    }

    /// <inheritdoc/>
    public PlantDescription Description => _options.Description;

    /// <inheritdoc/>
    public ITickSource? DeviceClock => this;

    /// <summary>The ports that were bound.</summary>
    public IsaacPorts Ports => _link.Ports;

    /// <summary>What has been counted.</summary>
    public IsaacPlantCounters Counters => _link.Counters;

    /// <summary>Why the plant is lost, one sentence; null while it is not.</summary>
    public string? Diagnosis => _link.HasReset
        ? "Isaac's simulated time went back: it was reset"
        : IsSilent ? "Isaac sends no joint states any more" : null;

    private bool IsSilent => MonotonicClock.NowNanoseconds - _link.ArrivedNanoseconds
        > MonotonicClock.Nanoseconds(_options.LostTimeout);

    private bool IsLost => _link.HasReset || (_seen > 0 && IsSilent);

    /// <summary>Binds the ports.</summary>
    /// <param name="options">Joints, period, ports.</param>
    /// <exception cref="ScenarioException">An option is out of range.</exception>
    /// <exception cref="DeviceException">A port is taken.</exception>
    public static IsaacPlant Open(IsaacPlantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var plant = new IsaacPlant(options);
        try
        {
            plant._link.Start();
        }
        catch
        {
            plant.Dispose();
            throw;
        }

        return plant;
    }

    /// <inheritdoc/>
    /// <exception cref="DeviceException">Isaac sends no joint states of this arm.</exception>
    public void Start(JointState initial)
    {
        ArgumentNullException.ThrowIfNull(initial);
        _stopped = false;
        _link.ClearReset();
        while (_link.TryRead(initial))
        {
        }

        long deadline = MonotonicClock.NowNanoseconds
            + MonotonicClock.Nanoseconds(_options.StartTimeout);
        _seen = _link.ArrivalCount;
        while (!_link.TryRead(initial))
        {
            if (MonotonicClock.NowNanoseconds >= deadline)
            {
                throw Silent();
            }

            _link.WaitForArrival(deadline);
        }

        _seen = _link.ArrivalCount;
        _lostBefore = _link.LostCount;
        _index = -1;
        initial.FreshJoints = _everyJoint;
    }

    /// <inheritdoc/>
    public TickStatus WaitNext(out Tick tick)
    {
        tick = default;
        long deadline = MonotonicClock.NowNanoseconds
            + MonotonicClock.Nanoseconds(_options.LostTimeout);
        long count = _link.ArrivalCount;
        while (count == _seen && !_stopped && !_link.HasReset)
        {
            if (MonotonicClock.NowNanoseconds >= deadline)
            {
                return TickStatus.DeviceLost;
            }

            _link.WaitForArrival(deadline);
            count = _link.ArrivalCount;
        }

        if (_stopped || _link.HasReset)
        {
            return _stopped ? TickStatus.Ended : TickStatus.DeviceLost;
        }

        long lost = _link.LostCount;
        int missed = (int)Math.Min(int.MaxValue, count - _seen - 1 + lost - _lostBefore);
        _seen = count;
        _lostBefore = lost;
        _index += 1 + missed;
        tick = new Tick(
            _index,
            _link.DueNanoseconds,
            MonotonicClock.NowNanoseconds,
            _periodNanoseconds,
            missed);
        return TickStatus.Due;
    }

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_link.TryRead(state))
        {
            state.Health = _stopped ? PlantHealth.Stopped : PlantHealth.Armed;
            state.FreshJoints = _everyJoint;
            return PlantStatus.Ok;
        }

        return _stopped ? PlantStatus.Stopped : IsLost ? PlantStatus.Lost : PlantStatus.NoNewState;
    }

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (_stopped || IsLost)
        {
            return _stopped ? PlantStatus.Stopped : PlantStatus.Lost;
        }

        JointCommand outgoing = _link.Writable;
        command.CopyTo(outgoing);
        if (command.ValidUntilNanoseconds == 0)
        {
            // From the arrival, not from when it was due: simulated time may run slow.
            outgoing.ValidUntilNanoseconds =
                tick.WokeNanoseconds + (_options.ValidityTicks * _periodNanoseconds);
        }

        _hasCommanded = true;
        _link.Send();
        return PlantStatus.Ok;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Isaac confirms nothing; Ok means that the goal to stay has left, or that nothing was ever
    /// commanded.
    /// </remarks>
    public PlantStatus Stop(StopReason reason)
    {
        if (_stopped)
        {
            return PlantStatus.Ok;
        }

        _stopped = true;
        if (!_hasCommanded)
        {
            return PlantStatus.Ok;
        }

        if (!_link.TryCopyPosition(_hold.Position))
        {
            return PlantStatus.Lost;
        }

        Array.Fill(_hold.TorqueEnabled, true);
        _hold.ValidUntilNanoseconds = long.MaxValue;
        return _link.SendLast(_hold) ? PlantStatus.Ok : PlantStatus.Lost;
    }

    /// <summary>Stops the arm where it is and closes the ports.</summary>
    public void Dispose()
    {
        if (_seen > 0)
        {
            Stop(StopReason.Requested);
        }

        _link.Dispose();
    }

    private DeviceException Silent()
    {
        IsaacPlantCounters counters = _link.Counters;
        string found = counters.JointMissing > 0
            ? "joint states that lack a joint of the rig"
            : counters.Malformed > 0
                ? "messages that are no joint states: other field numbers, or generation 1"
                : counters.OtherTopics > 0 ? "messages of other topics only" : "nothing";
        return new DeviceException(
            "Isaac sends no joint states of this arm",
            FormattableString.Invariant($"port {Ports.Stream}, topic {_options.StatesTopic}"),
            "names " + string.Join(", ", _options.JointNames),
            found,
            "press play; check the publish node's address, port, topic and joint names");
    }
}
