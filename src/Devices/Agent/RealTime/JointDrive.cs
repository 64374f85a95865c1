using HilRig.Core.Joints;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// The joints of a rig over its servos: what they measure, and how a command becomes goals and
/// torque switches. Allocates nothing.
/// </summary>
internal sealed class JointDrive
{
    private readonly RigActuators _actuators;
    private readonly JointActuatorMap _map;
    private readonly double[] _position;
    private readonly double[] _velocity;
    private readonly double[] _previousGoal;
    private readonly bool[] _isOn;
    private readonly int[] _goalTicks;
    private readonly bool[] _torque;

    public JointDrive(RigActuators actuators)
    {
        _actuators = actuators;
        _map = actuators.Map;
        _position = new double[_map.JointCount];
        _velocity = new double[_map.JointCount];
        _previousGoal = new double[_map.JointCount];
        _isOn = new bool[_map.JointCount];
        _goalTicks = new int[_map.ActuatorCount];
        _torque = new bool[_map.ActuatorCount];
        Array.Fill(_position, double.NaN);
        Array.Fill(_velocity, double.NaN);
        Array.Fill(_previousGoal, double.NaN);
    }

    /// <summary>Measured positions; NaN before the first answer. Shape [dof].</summary>
    public ReadOnlySpan<double> MeasuredPosition => _position;

    /// <summary>Measured velocities; NaN before the first answer. Shape [dof].</summary>
    public ReadOnlySpan<double> MeasuredVelocity => _velocity;

    /// <summary>Newest goals, the measured position where torque is off. Shape [dof].</summary>
    public ReadOnlySpan<double> PreviousGoal => _previousGoal;

    /// <summary>Joints of which some actuator answered the last read, bit i for joint i.</summary>
    public ulong FreshJoints { get; private set; }

    /// <summary>Takes over the newest read; a joint of several actuators is their mean.</summary>
    public void Measure()
    {
        FreshJoints = 0;
        for (int j = 0; j < _position.Length; j++)
        {
            double position = 0;
            double velocity = 0;
            int count = 0;
            int first = _map.FirstActuatorOf(j);
            for (int a = first; a < first + _map.ActuatorCountOf(j); a++)
            {
                if (_actuators.Answered[a])
                {
                    position += _map.PositionAt(a, _actuators.Ticks[a]);
                    velocity += _map.VelocityAt(a, _actuators.VelocityRadiansPerSecond[a]);
                    count++;
                }
            }

            if (count > 0)
            {
                _position[j] = position / count;
                _velocity[j] = velocity / count;
                FreshJoints |= 1UL << j;
            }

            _previousGoal[j] = _isOn[j] ? _previousGoal[j] : _position[j];
        }
    }

    /// <summary>
    /// Arms: goal = measured position and torque limit of normal use, read back; only then torque
    /// on, read back too. The servos have just been read.
    /// </summary>
    /// <param name="unconfirmed">The first servo that did not confirm, or -1.</param>
    /// <returns>Whether every servo confirmed.</returns>
    public bool HoldMeasured(out int unconfirmed)
    {
        Measure();
        _position.CopyTo(_previousGoal, 0);
        _actuators.Ticks.CopyTo(_goalTicks, 0);
        Array.Fill(_isOn, true);
        Array.Fill(_torque, true);
        _ = _actuators.WriteGoals(_goalTicks) && _actuators.RestoreTorqueLimits();
        _actuators.ReadBack();

        // Torque on over an old goal would be a jump, so a lost goal packet must be noticed before.
        unconfirmed = FirstUnconfirmed(isTorqueOn: false);
        if (unconfirmed >= 0)
        {
            return false;
        }

        _actuators.WriteTorque(_torque);
        _actuators.ReadBack();
        unconfirmed = FirstUnconfirmed(isTorqueOn: true);
        return unconfirmed < 0;
    }

    /// <summary>
    /// The joint a servo at fault belongs to; -1 where no servo of its bus answered the last read:
    /// then no joint is to blame, but cable, supply or adapter. A bus of one servo names its joint.
    /// </summary>
    /// <param name="actuator">Index of the actuator, or -1.</param>
    public int JointToBlame(int actuator)
    {
        if (actuator < 0)
        {
            return -1;
        }

        ReadOnlySpan<int> onBus = _map.OnBus(_map.BusOf(actuator));
        bool isAnyHeard = onBus.Length == 1;
        foreach (int a in onBus)
        {
            isAnyHeard |= _actuators.Answered[a];
        }

        return isAnyHeard ? _map.JointOf(actuator) : -1;
    }

    // The first servo that has not confirmed goal and torque limit (and torque on), or -1.
    private int FirstUnconfirmed(bool isTorqueOn)
    {
        for (int a = 0; a < _goalTicks.Length; a++)
        {
            if (!HasConfirmedGoal(a) || (isTorqueOn && !_actuators.LastReadBack.IsTorqueOn[a]))
            {
                return a;
            }
        }

        return -1;
    }

    // A servo that still has the torque limit of a stop would hold, and fail under its first load.
    private bool HasConfirmedGoal(int a) => _actuators.LastReadBack.HasAnswered[a]
        && _actuators.LastReadBack.GoalTicks[a] == _goalTicks[a]
        && _actuators.LastReadBack.TorqueLimit[a] == _actuators.NormalTorqueLimit[a];

    /// <summary>
    /// Sends a command that has passed every check: goals first, then changed torque switches.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <returns>False when a bus did not take it.</returns>
    public bool Write(JointCommand command)
    {
        bool isTorqueChanged = false;
        for (int j = 0; j < _position.Length; j++)
        {
            bool isOn = command.TorqueEnabled[j];
            isTorqueChanged |= isOn != _isOn[j];
            _isOn[j] = isOn;
            _previousGoal[j] = isOn ? command.Position[j] : _position[j];
            int first = _map.FirstActuatorOf(j);
            for (int a = first; a < first + _map.ActuatorCountOf(j); a++)
            {
                // A limp servo's goal follows its position: no jump when torque returns.
                _goalTicks[a] = isOn ? _map.TicksAt(a, command.Position[j]) : _actuators.Ticks[a];
                _torque[a] = isOn;
            }
        }

        bool isTaken = _actuators.WriteGoals(_goalTicks);
        if (isTorqueChanged)
        {
            long start = _actuators.WriteStartNanoseconds;
            isTaken &= _actuators.WriteTorque(_torque);
            _actuators.KeepWriteStart(start);
        }

        return isTaken;
    }
}
