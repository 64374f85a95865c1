using HilRig.Core.Rigs;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// Brings a rig to its safe posture and proves it: measures, writes, reads back, and writes again
/// what a servo has not confirmed. The agent and the guardian both use it. Call <see cref="Step"/>
/// after each read of the servos; it never waits and allocates nothing.
/// </summary>
/// <remarks>
/// A servo whose torque is off stays so: the posture never makes a limp arm stiff. A packet that a
/// dying process left half written swallows the first bytes that follow it; a sync write has no
/// answer, so only reading back tells, and the retry mends it.
/// </remarks>
public sealed class SafePostureRoutine
{
    private const double SecondsPerNanosecond = 1e-9;
    private const double NanosecondsPerSecond = 1e9;

    // Above the noise of a velocity that is counted over some ms; about 9 °/s.
    private const double BrakingRadiansPerSecondMin = 0.15;
    private const long BrakingNanosecondsMax = 200_000_000;

    // What a proportional loop leaves between goal and pose of an arm that it carries: 6°.
    private const double CarryingRadiansMax = 0.1;
    private readonly SafePosture _posture;
    private readonly JointActuatorMap _map;
    private readonly RigActuators _actuators;
    private readonly double[] _restPosition;
    private readonly double[] _heldPosition;
    private readonly double[] _lowerTo;
    private readonly bool[] _noTorque;
    private readonly int[] _goalTicks;
    private readonly int[] _torqueLimits;
    private readonly bool[] _isPlaced;
    private readonly bool[] _isConfirmed;
    private readonly bool[] _isPending;
    private readonly double[] _brakingVelocity;
    private long _takenSinceNanoseconds;
    private long _heldSinceNanoseconds;

    /// <summary>Prepares the posture of a rig.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="map">Its joints and actuators.</param>
    /// <param name="actuators">Its servos.</param>
    public SafePostureRoutine(RigDescription rig, JointActuatorMap map, RigActuators actuators)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(map);
        _posture = rig.SafePosture;
        _map = map;
        _actuators = actuators;
        IReadOnlyList<JointMapping> joints = rig.Joints;
        _restPosition = new double[joints.Count];
        for (int j = 0; j < joints.Count; j++)
        {
            _restPosition[j] = rig.SafePosture.RestPosition.TryGetValue(
                joints[j].Name, out double rest)
                ? rest
                : double.NaN;
        }

        _heldPosition = new double[joints.Count];
        _lowerTo = new double[joints.Count];
        _noTorque = new bool[map.ActuatorCount];
        _goalTicks = new int[map.ActuatorCount];
        _torqueLimits = new int[map.ActuatorCount];
        _isPlaced = new bool[map.ActuatorCount];
        _isConfirmed = new bool[map.ActuatorCount];
        _isPending = new bool[map.ActuatorCount];
        _brakingVelocity = new double[map.ActuatorCount];
        Array.Fill(_torqueLimits, RigActuators.TorqueLimitOf(_posture.HoldTorqueFraction));
    }

    /// <summary>How far it is.</summary>
    public PosturePhase Phase { get; private set; }

    /// <summary>Whether every servo has confirmed the hold, or torque off.</summary>
    public bool IsAcknowledged =>
        Phase is PosturePhase.Holding or PosturePhase.Lowering or PosturePhase.Reached;

    /// <summary>Longest time from the confirmed hold to the end of the lowering, ns.</summary>
    public long LoweringNanosecondsMax { get; private set; }

    /// <summary>Whether one servo has confirmed.</summary>
    /// <param name="actuator">Index of the actuator.</param>
    public bool IsConfirmed(int actuator) => _isConfirmed[actuator];

    /// <summary>Asks for the posture, from the start.</summary>
    public void Begin()
    {
        Phase = PosturePhase.Taking;
        LoweringNanosecondsMax = 0;
        _takenSinceNanoseconds = 0;
        Array.Clear(_isPlaced);
        Array.Clear(_isConfirmed);
        Array.Clear(_brakingVelocity);
    }

    /// <summary>Lets go: the rig is re-armed.</summary>
    public void Cancel() => Phase = PosturePhase.Idle;

    /// <summary>One step; the servos have just been read.</summary>
    /// <param name="nowNanoseconds">Now, CLOCK_MONOTONIC ns.</param>
    /// <returns>The phase after it.</returns>
    public PosturePhase Step(long nowNanoseconds)
    {
        Phase = Phase switch
        {
            PosturePhase.Idle => PosturePhase.Idle,
            PosturePhase.Taking => Take(nowNanoseconds),
            PosturePhase.Holding => Hold(nowNanoseconds),
            PosturePhase.Lowering => Lower(nowNanoseconds),
            PosturePhase.Reached => PosturePhase.Reached,
        };
        return Phase;
    }

    private PosturePhase Take(long nowNanoseconds)
    {
        if (_posture.Policy == SafePosturePolicy.TorqueOff)
        {
            _actuators.WriteTorque(_noTorque);
        }
        else
        {
            if (Array.IndexOf(_isPlaced, false) >= 0)
            {
                _actuators.ReadBack();
            }

            PlaceMeasured(nowNanoseconds);
            _actuators.WriteHold(_goalTicks, _torqueLimits, _isPending);
        }

        _actuators.ReadBack();
        for (int a = 0; a < _isConfirmed.Length; a++)
        {
            _isConfirmed[a] = _actuators.LastReadBack.HasAnswered[a] && IsSafe(a);
        }

        if (Array.IndexOf(_isConfirmed, false) >= 0 || IsBraking)
        {
            return PosturePhase.Taking;
        }

        _heldSinceNanoseconds = nowNanoseconds;
        return _posture.Policy switch
        {
            SafePosturePolicy.Hold or SafePosturePolicy.TorqueOff => PosturePhase.Reached,
            SafePosturePolicy.HoldThenLower => PrepareLowering(),
        };
    }

    private bool IsBraking => _brakingVelocity.AsSpan().ContainsAnyExcept(0.0);

    // A servo's place is where it was first measured after the stop: measuring again on a retry
    // would let a falling arm take its goal along. Only one that moves when the stop comes takes
    // its goal along until it stands or turns, for a bounded time: a goal behind a moving joint
    // makes it swing back, which takes longer than the stop. One that has not been measured yet
    // must wait.
    private void PlaceMeasured(long nowNanoseconds)
    {
        _takenSinceNanoseconds = _takenSinceNanoseconds == 0
            ? nowNanoseconds
            : _takenSinceNanoseconds;
        bool mayBrake = nowNanoseconds - _takenSinceNanoseconds < BrakingNanosecondsMax;
        for (int a = 0; a < _isPlaced.Length; a++)
        {
            double velocity = _actuators.Answered[a] ? _actuators.VelocityRadiansPerSecond[a] : 0;
            bool isFast = mayBrake && Math.Abs(velocity) > BrakingRadiansPerSecondMin;
            if (!_isPlaced[a] && _actuators.Answered[a])
            {
                _goalTicks[a] = isFast ? _actuators.Ticks[a] : RestingGoal(a);
                _isPlaced[a] = true;
                _brakingVelocity[a] = isFast && IsTorqueOnOrUnknown(a) ? velocity : 0;
            }
            else if (_brakingVelocity[a] != 0 && _actuators.Answered[a])
            {
                _goalTicks[a] = _actuators.Ticks[a];
                _isConfirmed[a] = false;
                if (!isFast || velocity * _brakingVelocity[a] < 0)
                {
                    _brakingVelocity[a] = 0;
                }
            }
            else if (_brakingVelocity[a] != 0 && !mayBrake)
            {
                _brakingVelocity[a] = 0;
            }

            _isPending[a] = _isPlaced[a] && !_isConfirmed[a];
        }
    }

    private bool IsTorqueOnOrUnknown(int a) =>
        !_actuators.LastReadBack.HasAnswered[a] || _actuators.LastReadBack.IsTorqueOn[a];

    // A servo that stands carries its load by the small error between goal and pose; without that
    // error it would sink by as much again. So a goal that is near stays.
    private int RestingGoal(int a)
    {
        int measured = _actuators.Ticks[a];
        double carryingTicksMax = CarryingRadiansMax * _map.Actuator(a).TicksPerRadian;
        return _actuators.LastReadBack.HasAnswered[a]
            && Math.Abs(_actuators.LastReadBack.GoalTicks[a] - measured) <= carryingTicksMax
            ? _actuators.LastReadBack.GoalTicks[a]
            : measured;
    }

    private bool IsSafe(int a) => !_actuators.LastReadBack.IsTorqueOn[a]
        || (_posture.Policy != SafePosturePolicy.TorqueOff
            && _isPlaced[a]
            && _actuators.LastReadBack.GoalTicks[a] == _goalTicks[a]
            && _actuators.LastReadBack.TorqueLimit[a] == _torqueLimits[a]);

    private PosturePhase PrepareLowering()
    {
        double longestSeconds = 0;
        for (int j = 0; j < _lowerTo.Length; j++)
        {
            int first = _map.FirstActuatorOf(j);
            _heldPosition[j] = _map.PositionAt(first, _goalTicks[first]);

            // A joint that is limp, or has no rest position, stays where it is.
            bool moves = double.IsFinite(_restPosition[j])
                && _actuators.LastReadBack.IsTorqueOn[first];
            _lowerTo[j] = moves ? _restPosition[j] : double.NaN;
            if (moves)
            {
                double travel = Math.Abs(_lowerTo[j] - _heldPosition[j]);
                longestSeconds = Math.Max(longestSeconds, travel / _posture.LowerVelocity);
            }
        }

        LoweringNanosecondsMax =
            (long)((_posture.HoldSeconds + longestSeconds) * NanosecondsPerSecond);
        return PosturePhase.Holding;
    }

    private PosturePhase Hold(long nowNanoseconds) =>
        (nowNanoseconds - _heldSinceNanoseconds) * SecondsPerNanosecond >= _posture.HoldSeconds
            ? Lower(nowNanoseconds)
            : PosturePhase.Holding;

    private PosturePhase Lower(long nowNanoseconds)
    {
        double seconds = (nowNanoseconds - _heldSinceNanoseconds) * SecondsPerNanosecond
            - _posture.HoldSeconds;
        double travelMax = Math.Max(0, seconds) * _posture.LowerVelocity;
        bool isDone = true;
        for (int j = 0; j < _lowerTo.Length; j++)
        {
            double travel = _lowerTo[j] - _heldPosition[j];
            if (double.IsNaN(travel))
            {
                continue;
            }

            double position = _heldPosition[j] + Math.Clamp(travel, -travelMax, travelMax);
            isDone &= Math.Abs(travel) <= travelMax;
            for (int a = _map.FirstActuatorOf(j), end = a + _map.ActuatorCountOf(j); a < end; a++)
            {
                _goalTicks[a] = _map.TicksAt(a, position);
            }
        }

        _actuators.WriteGoals(_goalTicks);
        return isDone && HaveAllTakenTheirGoal() ? PosturePhase.Reached : PosturePhase.Lowering;
    }

    private bool HaveAllTakenTheirGoal()
    {
        _actuators.ReadBack();
        ActuatorReadBack said = _actuators.LastReadBack;
        for (int a = 0; a < _goalTicks.Length; a++)
        {
            if (!said.HasAnswered[a]
                || (said.IsTorqueOn[a] && said.GoalTicks[a] != _goalTicks[a]))
            {
                return false;
            }
        }

        return true;
    }
}
