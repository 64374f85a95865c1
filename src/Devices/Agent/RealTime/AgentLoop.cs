using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Sessions;
using HilRig.Core.Time;
using HilRig.Devices.Buses.RealTime;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// The one real-time thread of an agent. It sleeps on the channel; a command wakes it, is judged,
/// written to the servos and answered with the state read right after. Without commands it reads
/// the servos at the idle period and watches the deadman.
/// </summary>
/// <remarks>
/// All is done on the thread that calls <see cref="Run"/>; nothing is allocated after the first
/// turns, but for lost buses that are connected again. Others may call <see cref="RequestStop"/>.
/// </remarks>
public sealed class AgentLoop
{
    // Short enough that lowering looks smooth: 5 mrad at 1 rad/s.
    private const long PosturePeriodNanoseconds = 5_000_000;
    private readonly IAgentChannel _channel;
    private readonly IRigClock _clock;
    private readonly RigActuators _actuators;
    private readonly CommandGate _gate;
    private readonly CommandLimits _limits;
    private readonly StopLatch _latch = new();
    private readonly Deadman _deadman;
    private readonly TravelTime _travel;
    private readonly ServoMonitor _monitor;
    private readonly SafePostureRoutine _posture;
    private readonly JointDrive _drive;
    private readonly ArmingRoutine _arming;
    private readonly AgentVoice _voice;
    private readonly JointCommand _command;
    private readonly JointActuatorMap _map;
    private readonly AgentOptions _options;
    private readonly HeartbeatPage _page;
    private readonly Func<IReadOnlyList<FeetechBus>?>? _reconnect;
    private readonly long _idleNanoseconds;
    private readonly long _deadmanNanoseconds;
    private readonly long _guardianSilenceNanosecondsMax;
    private long _nextReadNanoseconds;
    private int _illegalInRow;
    private int _requestedStop;
    private bool _isQuitting;

    /// <summary>
    /// Makes the loop of a rig whose buses are connected. Asks each servo for its torque limit.
    /// </summary>
    /// <param name="options">How it behaves.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="channel">Where commands come from and states go to.</param>
    /// <param name="actuators">The rig's servos.</param>
    /// <param name="clock">The rig's clock.</param>
    /// <param name="page">The page that the guardian watches.</param>
    /// <param name="reconnect">
    /// Connects lost buses again and returns every bus of the rig, or null; such as
    /// <see cref="RigBuses.TryReconnect"/>. Called on another thread when a person re-arms a rig
    /// whose bus is lost; may wait. Null: a lost bus stays lost.
    /// </param>
    /// <exception cref="Core.Errors.DeviceException">
    /// An option or a mapping is wrong, or a servo does not answer.
    /// </exception>
    public AgentLoop(
        AgentOptions options,
        RigDescription rig,
        IAgentChannel channel,
        RigActuators actuators,
        IRigClock clock,
        HeartbeatPage page,
        Func<IReadOnlyList<FeetechBus>?>? reconnect = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(actuators);
        ArgumentNullException.ThrowIfNull(page);
        options.Validate();
        _options = options;
        _page = page;
        _channel = channel;
        _clock = clock;
        _actuators = actuators;
        _map = actuators.Map;
        _map.RequireReachable(rig);
        actuators.LearnTorqueLimits();
        _limits = new CommandLimits(rig);
        _idleNanoseconds = Nanoseconds(options.IdlePeriod.TotalSeconds);
        _deadmanNanoseconds = Nanoseconds(rig.DeadmanSeconds);
        _guardianSilenceNanosecondsMax = MonotonicClock.Nanoseconds(options.GuardianSilenceMax);
        _gate = new CommandGate(_deadmanNanoseconds);
        _travel = new TravelTime(_deadmanNanoseconds);
        _deadman = new Deadman(
            _deadmanNanoseconds, Nanoseconds(options.FirstCommandTimeout.TotalSeconds));
        _monitor = new ServoMonitor(
            rig, _map.ActuatorCount, options.LostReadLimit, options.ServoErrorReadLimit);
        _posture = new SafePostureRoutine(rig, _map, actuators);
        _drive = new JointDrive(actuators);
        _command = new JointCommand(_map.JointCount);
        _voice = new AgentVoice(channel, page, _latch, _posture, _gate, actuators);
        _arming = new ArmingRoutine(
            actuators, _drive, clock, _voice, options.LostReadLimit, _deadmanNanoseconds);
        _reconnect = reconnect;
    }

    /// <summary>What the agent says of the rig.</summary>
    public PlantHealth Health => _latch.Health;

    /// <summary>Why it stopped first; None while it has not.</summary>
    public StopReason StopReason => _latch.Reason;

    /// <summary>
    /// Runs until a Quit request or a cancellation; then takes the safe posture when the rig was
    /// armed, finishes it, and returns.
    /// </summary>
    /// <param name="cancellation">Ends the loop.</param>
    /// <returns>
    /// Whether the rig is left safe: never armed, or in a posture every servo confirmed.
    /// </returns>
    public bool Run(CancellationToken cancellation)
    {
        Begin();
        while (!_isQuitting && !cancellation.IsCancellationRequested)
        {
            Step();
        }

        return Finish();
    }

    /// <summary>
    /// Asks for a latched stop, from any thread. Acted on within the idle period.
    /// HostDied is ignored while the rig is disarmed.
    /// </summary>
    /// <param name="reason">Why, such as HostDied when the parent's pipe closed.</param>
    public void RequestStop(StopReason reason) => Volatile.Write(ref _requestedStop, (int)reason);

    /// <summary>First read of the servos; takes over a stop latched earlier.</summary>
    internal void Begin()
    {
        long now = _clock.NowNanoseconds;
        _voice.Introduce(now);
        if (_options.LatchedStop != StopReason.None)
        {
            Stop(_options.LatchedStop, -1, now);
        }

        ReadAndPublish(answeredSequence: 0);
    }

    /// <summary>One turn: waits, acts, reads, answers.</summary>
    internal void Step()
    {
        AgentRequest request = _channel.Wait(
            Math.Min(_nextReadNanoseconds, _deadman.DeadlineNanoseconds));
        long now = _clock.NowNanoseconds;
        _voice.Beat(now);
        bool isStopping = ObeyStops(request, now);
        Handle(request, isStopping, now);
        long answered = 0;
        if ((request & AgentRequest.Command) != 0
            && _channel.TryTakeCommand(_command, out CommandEnvelope envelope))
        {
            answered = Act(envelope, now);
        }

        // Every request is answered at once, and a posture that is not confirmed yet does not wait.
        bool isDue = request != AgentRequest.None || now >= _nextReadNanoseconds;
        if (isDue || _posture.Phase == PosturePhase.Taking)
        {
            ReadAndPublish(answered);
        }

        _voice.Beat(_clock.NowNanoseconds);
    }

    // Whether anything wants the rig stopped in this turn.
    private bool ObeyStops(AgentRequest request, long now)
    {
        // A host that ends while the rig is disarmed leaves nothing to stop.
        StopReason requested = (StopReason)Interlocked.Exchange(ref _requestedStop, 0);
        if (requested != StopReason.None
            && (requested != StopReason.HostDied || _latch.Health != PlantHealth.Disarmed))
        {
            Stop(requested, -1, now);
        }

        // A command that comes after the deadman has expired does not revive it.
        bool hasExpired = _deadman.HasExpired(now);
        if (hasExpired)
        {
            Stop(StopReason.DeadmanExpired, -1, now);
        }

        // While the emergency stop is pressed, nothing arms and nothing lifts the latch.
        StopReason seen = _page.EmergencyStopNanoseconds != 0 ? StopReason.EmergencyStop
            : _latch.Health == PlantHealth.Armed && IsUnguarded(now) ? StopReason.Unguarded
            : StopReason.None;
        if (seen != StopReason.None)
        {
            Stop(seen, -1, now);
        }

        bool isAsked = (request & AgentRequest.Stop) != 0;
        if (isAsked)
        {
            Stop(_channel.RequestedStop, -1, now);
        }

        return isAsked || hasExpired || (seen | requested) != StopReason.None;
    }

    private bool IsUnguarded(long now) => _options.RequireGuardian
        && now - _page.GuardianBeatNanoseconds > _guardianSilenceNanosecondsMax;

    private bool Finish()
    {
        long now = _clock.NowNanoseconds;
        if (_voice.HasArmed)
        {
            // What ended the loop may have said why.
            var reason = (StopReason)Interlocked.Exchange(ref _requestedStop, 0);
            Stop(reason == StopReason.None ? StopReason.Requested : reason, -1, now);
        }

        long giveUp = now + Nanoseconds(_options.PostureTimeout.TotalSeconds);
        bool isLowering = false;
        while (_posture.Phase is not (PosturePhase.Idle or PosturePhase.Reached)
            && _clock.NowNanoseconds < giveUp && !_actuators.IsLost)
        {
            Step();
            if (_posture.IsAcknowledged && !isLowering)
            {
                isLowering = true;
                giveUp += _posture.LoweringNanosecondsMax;
            }
        }

        bool isSafe = _posture.Phase is PosturePhase.Idle or PosturePhase.Reached;
        _voice.End(isSafe);
        return isSafe;
    }

    // Requests of one turn have no order, so a stop wins: nothing that came with it lifts it.
    private void Handle(AgentRequest request, bool isStopping, long now)
    {
        // The end of a run that was asked for needs no person to lift it; arming anew does.
        bool isArming = (request & AgentRequest.Arm) != 0 && !isStopping;
        bool isEndOfRun = _latch.Reason == StopReason.Requested && _posture.IsAcknowledged;
        if (((request & AgentRequest.Rearm) != 0 && !isStopping) || (isArming && isEndOfRun))
        {
            Rearm();
        }

        if (isArming && !_latch.IsLatched
            && _latch.Health != PlantHealth.Armed)
        {
            if (IsUnguarded(now))
            {
                Stop(StopReason.Unguarded, -1, now);
            }
            else
            {
                Arm();
            }
        }

        _isQuitting |= (request & AgentRequest.Quit) != 0;
    }

    private void Rearm()
    {
        if ((_actuators.IsLost && !TryReconnect()) || !_monitor.IsAllWell())
        {
            return;
        }

        _latch.TryClear(devicesAreWell: true);
        _posture.Cancel();
        _illegalInRow = 0;
    }

    // The one place that waits and allocates: a rig without its bus is not driven.
    private bool TryReconnect()
    {
        if (_reconnect is null
            || BesideTheLoop.Do(_reconnect, () => _voice.Beat(_clock.NowNanoseconds))
                is not { } buses)
        {
            return false;
        }

        _actuators.Replace(buses);
        bool hasBus = _actuators.ReadAll(isPatient: true);
        _drive.Measure();
        _monitor.Observe(_actuators, _clock.NowNanoseconds, out _);
        return hasBus;
    }

    // The set-point becomes the measured pose; what was queued for an earlier one is thrown away.
    private void Arm()
    {
        _ = _channel.TryTakeCommand(_command, out _);
        bool isHeld = _arming.TryHold(out int joint);
        long now = _clock.NowNanoseconds;
        if (isHeld)
        {
            _latch.TryArm();
            _travel.Start(now);
            _illegalInRow = 0;
            _deadman.Start(now);
            _voice.SayArmed();
            return;
        }

        // Torque may be on at some servos: a posture to take and to prove, not a state to leave.
        Stop(_actuators.IsLost ? StopReason.BusLost : StopReason.ServoLost, joint, now);
    }

    private long Act(in CommandEnvelope envelope, long now)
    {
        CommandVerdict verdict = _gate.Judge(_channel.Owner, envelope, _command, now);
        if (verdict != CommandVerdict.Accepted)
        {
            return 0;
        }

        if (_latch.Health != PlantHealth.Armed)
        {
            _gate.Refuse(CommandVerdict.NotArmed);
            return 0;
        }

        int joint = _limits.FindIllegalJoint(
            _command,
            _drive.MeasuredPosition,
            _drive.PreviousGoal,
            _travel.Allowed(_command.PlannedNanoseconds, now),
            out _);
        if (joint >= 0)
        {
            _gate.Refuse(CommandVerdict.Illegal);
            _illegalInRow++;
            if (_illegalInRow >= _options.IllegalCommandLimit)
            {
                Stop(StopReason.IllegalCommand, joint, now);
            }

            return 0;
        }

        _illegalInRow = 0;
        _travel.Spend(
            _command.PlannedNanoseconds,
            now,
            _limits.TravelNanoseconds(_command, _drive.PreviousGoal));
        _deadman.Feed(now);
        bool isTaken = _drive.Write(_command);
        _voice.NoteCommand(_command, envelope);
        return isTaken ? _command.Sequence : 0;
    }

    private void ReadAndPublish(long answeredSequence)
    {
        bool hasBus = _actuators.ReadAll();
        long now = _clock.NowNanoseconds;
        _drive.Measure();
        if (!hasBus)
        {
            Stop(StopReason.BusLost, -1, now);
        }
        else
        {
            StopReason reason = _monitor.Observe(_actuators, now, out int actuator);
            if (reason != StopReason.None)
            {
                Stop(reason, _drive.JointToBlame(actuator), now);
            }

            _posture.Step(now);
        }

        bool isMoving = _posture.Phase is PosturePhase.Taking or PosturePhase.Lowering;
        _nextReadNanoseconds = now + (isMoving ? PosturePeriodNanoseconds : _idleNanoseconds);
        _voice.Publish(_drive, answeredSequence);
    }

    private void Stop(StopReason reason, int joint, long now)
    {
        if (_latch.Stop(reason, joint, now))
        {
            _deadman.Stop();
            _posture.Begin();
        }
    }

    private static long Nanoseconds(double seconds) => (long)(seconds * 1e9);
}
