using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// A packet-clocked controller as a plant. Its packets are the ticks: the loop's own thread waits
/// for them, and each command answers the newest. Allocates nothing after <see cref="Start"/>.
/// </summary>
public sealed class PacketPlant : IPlant, ITickSource
{
    // A second at 1 kHz: long enough to hold undelayed packets, short enough against drift.
    private const int ClockWindow = 1024;
    private readonly PacketPlantOptions _options;
    private readonly PacketLink _link;
    private readonly StateQueue _queue;
    private readonly CommandPacket _command;
    private readonly DeviceClockFilter _filter = new(ClockWindow);
    private readonly byte[] _received = new byte[PacketFrame.BytesMax];
    private readonly long _periodNanoseconds;
    private readonly long _lostNanoseconds;
    private readonly ulong _allJoints;
    private long _firstCounter = -1;
    private long _counter = -1;
    private long _plannedNanoseconds;
    private long _heardNanoseconds;
    private long _overrunsBefore;
    private bool _hasReadTurn;
    private bool _isLost;

    private PacketPlant(PacketPlantOptions options, PacketLink link, long periodNanoseconds)
    {
        int dofCount = options.Description.DofCount;
        _options = options;
        _link = link;
        _queue = new StateQueue(dofCount);
        _command = new CommandPacket(dofCount);
        _periodNanoseconds = periodNanoseconds;
        _lostNanoseconds = MonotonicClock.Nanoseconds(options.LostTimeout);
        _allJoints = dofCount == 64 ? ulong.MaxValue : (1UL << dofCount) - 1;
    }

    /// <inheritdoc/>
    public PlantDescription Description => _options.Description;

    /// <inheritdoc/>
    public ITickSource? DeviceClock => this;

    /// <summary>Time between two packets, ns.</summary>
    public long PeriodNanoseconds => _periodNanoseconds;

    /// <summary>What the controller last said. Read on the loop's thread, or after it.</summary>
    public ControllerReport Report { get; private set; }

    /// <summary>Lowest control_command_success_rate of the run, 0 to 1.</summary>
    public float SuccessRateMin { get; private set; } = 1;

    /// <summary>Packets of the controller that never arrived, or that it left out.</summary>
    public long MissedPacketCount { get; private set; }

    /// <summary>Datagrams that were no state of this session.</summary>
    public long RefusedPacketCount { get; private set; }

    /// <summary>Connects to a controller and takes its seat; nothing moves.</summary>
    /// <param name="options">Where, which joints, which rig.</param>
    /// <exception cref="RigException">It refuses or does not answer.</exception>
    public static PacketPlant Connect(PacketPlantOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        PacketLink link = PacketLink.Open(options.Endpoint);
        try
        {
            long period = link.TakeSeat(
                options.Description.DofCount, options.RigDigest, options.ConnectTimeout);
            return new PacketPlant(options, link, period);
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Start(JointState initial)
    {
        // Warm-up may have taken so long that the seat was lost: then it is taken again.
        _heardNanoseconds = MonotonicClock.NowNanoseconds;
        Drain();
        _queue.Clear();
        if (!Receive(_heardNanoseconds + _lostNanoseconds))
        {
            _link.TakeSeat(
                Description.DofCount, _options.RigDigest, _options.ConnectTimeout);
            if (!Receive(MonotonicClock.NowNanoseconds + _lostNanoseconds))
            {
                throw new DeviceException(
                    "The controller sends no states", _options.Endpoint, "one each period");
            }
        }

        if (Report.Mode == ControllerMode.Stopped)
        {
            throw new DeviceException(
                "The controller has stopped before and is latched",
                _options.Endpoint,
                found: Report.Cause.ToString(),
                remedy: "look at the rig, then 'hilrig rearm RIG'");
        }

        StatePacket newest = _queue.Pop(out long arrival);
        _overrunsBefore = newest.OverrunCount;
        Fill(initial, newest, arrival);
        _queue.Clear();
        _firstCounter = -1;
    }

    /// <inheritdoc/>
    public TickStatus WaitNext(out Tick tick)
    {
        tick = default;
        if (_isLost)
        {
            return TickStatus.DeviceLost;
        }

        if (_firstCounter < 0)
        {
            // What queued up between arming and the loop is history.
            Drain();
            _queue.Clear();
        }

        long before = _counter;
        if (!Receive(_heardNanoseconds + _lostNanoseconds))
        {
            _isLost = true;
            return TickStatus.DeviceLost;
        }

        long missed = _firstCounter < 0 ? 0 : _counter - before - 1;
        _firstCounter = _firstCounter < 0 ? _counter : _firstCounter;
        _hasReadTurn = false;
        tick = new Tick(
            _counter - _firstCounter,
            _plannedNanoseconds,
            MonotonicClock.NowNanoseconds,
            _periodNanoseconds,
            (int)Math.Min(missed, int.MaxValue));
        return TickStatus.Due;
    }

    /// <inheritdoc/>
    public PlantStatus TryRead(JointState state)
    {
        if (_queue.Count == 0 && _hasReadTurn)
        {
            // After the last tick: the states that answer the last commands are taken here, and
            // get the last goals once more, so that the motion ends by a stop and not by silence.
            long before = _counter;
            Drain();
            if (_counter != before && Report.Mode == ControllerMode.Moving)
            {
                _command.Counter = _counter;
                _link.SendCommand(_command);
            }
        }

        if (_queue.Count > 0)
        {
            Fill(state, _queue.Pop(out long arrival), arrival);
            return PlantStatus.Ok;
        }

        _hasReadTurn = true;
        return _isLost ? PlantStatus.Lost
            : Report.Mode == ControllerMode.Stopped ? PlantStatus.Stopped
            : PlantStatus.NoNewState;
    }

    /// <inheritdoc/>
    public PlantStatus Write(in Tick tick, JointCommand command)
    {
        if (_isLost)
        {
            return PlantStatus.Lost;
        }

        for (int i = 0; i < command.TorqueEnabled.Length; i++)
        {
            // This controller cannot let one joint go, so such a command is none it may get.
            if (!command.TorqueEnabled[i])
            {
                Stop(StopReason.IllegalCommand);
                return PlantStatus.Stopped;
            }
        }

        _command.Session = _link.Session;

        // It answers the packet of its own tick: a command that comes late is a late answer.
        _command.Counter = _firstCounter + tick.Index;
        _command.Sequence = command.Sequence;
        command.Position.AsSpan().CopyTo(_command.Goal);
        _link.SendCommand(_command);
        return Report.Mode == ControllerMode.Stopped ? PlantStatus.Stopped : PlantStatus.Ok;
    }

    /// <summary>Asks the controller to stop until it says that it has and every joint rests.
    /// </summary>
    /// <param name="reason">Why; the controller keeps a cause of its own.</param>
    public PlantStatus Stop(StopReason reason)
    {
        long end = MonotonicClock.NowNanoseconds
            + MonotonicClock.Nanoseconds(_options.StopTimeout);
        long now;
        do
        {
            _link.SendSession(PacketKind.Stop, Description.DofCount, _link.Session, 0);
            now = MonotonicClock.NowNanoseconds;
            _queue.Clear();
            if (Receive(Math.Min(end, now + (10 * _periodNanoseconds)))
                && Report is { Mode: ControllerMode.Stopped, IsAtRest: true })
            {
                return PlantStatus.Ok;
            }
        }
        while (now < end);

        return PlantStatus.Lost;
    }

    /// <summary>Stops a controller that still moves and leaves its seat.</summary>
    public void Dispose()
    {
        if (Report.Mode == ControllerMode.Moving)
        {
            Stop(StopReason.Requested);
        }

        _link.Dispose();
    }

    /// <summary>Waits for at least one state, then takes every other that has come as well.
    /// </summary>
    private bool Receive(long untilNanoseconds)
    {
        long before = _counter;
        while (_counter == before)
        {
            if (!_link.Wait.Until(untilNanoseconds))
            {
                return false;
            }

            Drain();
        }

        return true;
    }

    private void Drain()
    {
        while (_link.Wait.IsReady())
        {
            TakeOne();
        }
    }

    private void TakeOne()
    {
        if (!_link.TryReceive(_received, out int count))
        {
            return;
        }

        long arrival = MonotonicClock.NowNanoseconds;
        StatePacket packet = _queue.Free;
        if (!packet.TryDecode(_received.AsSpan(0, count))
            || packet.Session != _link.Session
            || packet.Counter <= _counter)
        {
            RefusedPacketCount++;
            return;
        }

        MissedPacketCount += _firstCounter < 0 ? 0 : packet.Counter - _counter - 1;
        _counter = packet.Counter;
        _heardNanoseconds = arrival;
        _plannedNanoseconds = _filter.Arrived(packet.DeviceNanoseconds, arrival);
        Report = new ControllerReport(
            packet.Mode,
            packet.Cause,
            packet.IsAtRest,
            packet.SuccessRate,
            packet.LostCount,
            packet.LongestLostInRow,
            packet.OverrunCount - _overrunsBefore,
            packet.AnswerNanoseconds);
        SuccessRateMin = Math.Min(SuccessRateMin, packet.SuccessRate);
        _queue.Push(arrival);
    }

    private void Fill(JointState state, StatePacket packet, long arrival)
    {
        packet.Position.AsSpan().CopyTo(state.Position);
        packet.Velocity.AsSpan().CopyTo(state.Velocity);
        packet.Effort.AsSpan().CopyTo(state.Effort);
        state.Sequence = packet.Counter + 1;
        state.AnsweredCommandSequence = packet.AnsweredSequence;
        state.SampledNanoseconds = Math.Min(
            packet.DeviceNanoseconds + _filter.OffsetNanoseconds, arrival);
        state.Health = packet.Mode switch
        {
            ControllerMode.Idle or ControllerMode.Moving => PlantHealth.Armed,
            ControllerMode.Stopped => PlantHealth.Stopped,
        };
        state.FreshJoints = _allJoints;
        state.Stamps = new HopStamps { StateReceived = arrival };
    }
}
