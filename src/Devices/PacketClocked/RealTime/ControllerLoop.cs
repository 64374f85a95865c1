using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>
/// One controller: each period it judges the answer to its last state, drives the arm, sends the
/// next state and listens until the period is over. Allocates nothing after warm-up.
/// </summary>
internal sealed class ControllerLoop
{
    private const double NanosecondsPerSecond = 1e9;
    private const double RestVelocity = 0.01;
    private const int RestCycles = 10;
    private readonly PacketControllerOptions _options;
    private readonly IClockedArm _arm;
    private readonly HostSeat _seat;
    private readonly SpscRing<ControllerEvent> _events;
    private readonly AnswerWatch _watch = new();
    private readonly GoalFollower _goals;
    private readonly StatePacket _state;
    private readonly long _periodNanoseconds;
    private readonly double _periodSeconds;
    private long _startNanoseconds;
    private long _cycle;
    private long _sentNanoseconds;
    private long _answeredNanoseconds;
    private int _missedRun;
    private int _restCount;
    private bool _isFirstGoal;

    /// <summary>Makes a loop; nothing runs yet.</summary>
    /// <param name="options">Limits and period.</param>
    /// <param name="arm">What it drives.</param>
    /// <param name="seat">Who commands it.</param>
    /// <param name="events">Takes what happens.</param>
    public ControllerLoop(
        PacketControllerOptions options,
        IClockedArm arm,
        HostSeat seat,
        SpscRing<ControllerEvent> events)
    {
        _options = options;
        _arm = arm;
        _seat = seat;
        _events = events;
        _goals = new GoalFollower([.. options.Limits], arm.Position);
        _state = new StatePacket(arm.DofCount);
        _periodNanoseconds = options.Period.Ticks * TimeSpan.NanosecondsPerTick;
        _periodSeconds = _periodNanoseconds / NanosecondsPerSecond;
    }

    /// <summary>Events that did not fit into the ring.</summary>
    public long LostEventCount { get; private set; }

    /// <summary>Whether it follows nothing and no joint moves; read by other threads.</summary>
    public bool IsAtRest => Volatile.Read(ref _restCount) >= RestCycles;

    /// <summary>Runs until told to end.</summary>
    /// <param name="clock">Paces it.</param>
    /// <param name="stop">Ends it.</param>
    public void Run(IRigClock clock, CancellationToken stop)
    {
        _startNanoseconds = clock.NowNanoseconds;
        while (!stop.IsCancellationRequested)
        {
            long due = _startNanoseconds + (_cycle * _periodNanoseconds);
            Listen(due);
            clock.SleepUntil(due);
            Turn(clock.NowNanoseconds);
            SkipWhatIsPast(clock.NowNanoseconds);
        }
    }

    // What came while this thread was not on time still came in time: it is read before judging.
    private void Turn(long now)
    {
        TakeAll();
        switch (_state.Mode)
        {
            case ControllerMode.Idle:
                break;
            case ControllerMode.Moving:
                Follow(now);
                break;
            case ControllerMode.Stopped:
                _goals.Brake(_periodSeconds);
                break;
        }

        if (!_arm.Step(_goals.Goal, _periodNanoseconds) && _state.Mode != ControllerMode.Stopped)
        {
            StopFor(ControllerStopCause.ArmFailed, now);
        }

        WatchRest(now);
        Send(now);
    }

    private void Follow(long now)
    {
        bool answered = _watch.EndCycle();
        NoteMissed(answered, now);
        if (!answered)
        {
            _goals.Extrapolate(_periodSeconds);
            if (_watch.IsTooMany)
            {
                StopFor(ControllerStopCause.AnswersLost, now);
            }

            return;
        }

        ControllerStopCause cause = _goals.Take(
            _seat.Command.Goal, _isFirstGoal, _periodSeconds);
        if (cause == ControllerStopCause.None)
        {
            _isFirstGoal = false;
            _state.AnsweredSequence = _seat.Command.Sequence;
        }
        else
        {
            StopFor(cause, now);
        }
    }

    private void Listen(long untilNanoseconds)
    {
        while (_seat.Wait(untilNanoseconds))
        {
            TakeOne();
        }
    }

    private void TakeAll()
    {
        while (_seat.IsReady)
        {
            TakeOne();
        }
    }

    private void TakeOne()
    {
        switch (_seat.Receive())
        {
            case SeatEvent.Nothing:
                break;
            case SeatEvent.Connected:
                Connect();
                break;
            case SeatEvent.Command:
                Offer();
                break;
            case SeatEvent.Stop:
                StopFor(ControllerStopCause.Requested, MonotonicClock.NowNanoseconds);
                break;
            case SeatEvent.Rearm:
                Rearm();
                break;
        }
    }

    private void Connect()
    {
        // The end that was asked for is the one stop that is not kept.
        if (_state.Mode == ControllerMode.Stopped && _state.Cause == ControllerStopCause.Requested)
        {
            BecomeIdle();
        }

        Note(ControllerEventKind.Connected, MonotonicClock.NowNanoseconds, 0);
    }

    private void Rearm()
    {
        if (_state.Mode == ControllerMode.Stopped && IsAtRest)
        {
            BecomeIdle();
            Note(ControllerEventKind.Rearmed, MonotonicClock.NowNanoseconds, 0);
        }
    }

    private void BecomeIdle()
    {
        _goals.Hold();
        _state.Mode = ControllerMode.Idle;
        _state.Cause = ControllerStopCause.None;
        _state.AnsweredSequence = 0;
        _watch.Begin();
    }

    private void Offer()
    {
        long now = MonotonicClock.NowNanoseconds;
        if (_state.Mode == ControllerMode.Stopped || !_watch.Offer(
            _seat.Incoming.Counter, _state.Counter))
        {
            return;
        }

        if (_state.Mode == ControllerMode.Idle)
        {
            _state.Mode = ControllerMode.Moving;
            _isFirstGoal = true;
            Note(ControllerEventKind.MotionBegan, now, 0);
        }

        _seat.Accept();
        _answeredNanoseconds = now;
        _state.AnswerNanoseconds = (uint)Math.Clamp(now - _sentNanoseconds, 1, uint.MaxValue);
    }

    private void StopFor(ControllerStopCause cause, long now)
    {
        if (_state.Mode == ControllerMode.Stopped)
        {
            return;
        }

        _state.Mode = ControllerMode.Stopped;
        _state.Cause = cause;
        Volatile.Write(ref _restCount, 0);
        if (cause == ControllerStopCause.AnswersLost)
        {
            Note(ControllerEventKind.LastAnswer, _answeredNanoseconds, 0);
        }

        Note(ControllerEventKind.Stopped, now, (double)cause);
    }

    private void WatchRest(long now)
    {
        double fastest = 0;
        foreach (double velocity in _arm.Velocity)
        {
            fastest = Math.Max(fastest, Math.Abs(velocity));
        }

        bool rests = _state.Mode != ControllerMode.Moving && fastest < RestVelocity;
        int count = rests ? Math.Min(_restCount + 1, RestCycles) : 0;
        if (count == RestCycles && _restCount < RestCycles && _state.Mode == ControllerMode.Stopped)
        {
            Note(ControllerEventKind.AtRest, now - ((RestCycles - 1) * _periodNanoseconds), 0);
        }

        Volatile.Write(ref _restCount, count);
    }

    private void Send(long now)
    {
        _state.Counter = _cycle;
        _state.DeviceNanoseconds = _cycle * _periodNanoseconds;
        _state.LostCount = _watch.LostCount;
        _state.LostInRow = (ushort)Math.Min(_watch.LostInRow, ushort.MaxValue);
        _state.LongestLostInRow = (ushort)Math.Min(_watch.LongestLostInRow, ushort.MaxValue);
        _state.SuccessRate = _watch.SuccessRate;
        _state.IsAtRest = IsAtRest;
        _arm.Position.CopyTo(_state.Position);
        _arm.Velocity.CopyTo(_state.Velocity);
        _arm.Effort.CopyTo(_state.Effort);
        _sentNanoseconds = MonotonicClock.NowNanoseconds;
        _seat.Send(_state, keepsSeat: _state.Mode == ControllerMode.Moving, now);
        _cycle++;
    }

    // A controller that was not scheduled leaves cycles out; they were never sent, so nobody owes
    // an answer to them.
    private void SkipWhatIsPast(long now)
    {
        long next = (now - _startNanoseconds) / _periodNanoseconds;
        if (next > _cycle)
        {
            Note(ControllerEventKind.Overrun, now, next - _cycle);
            _state.OverrunCount += (uint)Math.Min(next - _cycle, uint.MaxValue);
            _goals.LeaveOut(next - _cycle);
            _cycle = next;
        }
    }

    private void NoteMissed(bool answered, long now)
    {
        if (answered && _missedRun > 0)
        {
            Note(ControllerEventKind.AnswersMissed, now, _missedRun);
        }

        _missedRun = answered ? 0 : _missedRun + 1;
    }

    private void Note(ControllerEventKind kind, long instant, double value)
    {
        if (!_events.TryBeginWrite(out ControllerEvent? item))
        {
            LostEventCount++;
            return;
        }

        item.InstantNanoseconds = instant;
        item.DeviceNanoseconds = instant - _startNanoseconds;
        item.Kind = kind;
        item.Value = value;
        _events.CommitWrite();
    }
}
