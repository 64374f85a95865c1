namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// Turns what a servo does into events. Not part of the physics: nothing here feeds back.
/// </summary>
internal sealed class ServoWatch(byte id, VirtualArmEventRing ring)
{
    private const long SettleNanoseconds = 50_000_000;
    private const double RestVelocity = 0.05;

    private bool _torque;
    private double _torqueLimit = double.NaN;
    private int _goal = int.MinValue;
    private int _errors;
    private long _goalChanged = -1;
    private long _shaftMoved = -1;
    private double _shaftAngle;
    private bool _isAtRest = true;
    private long _lastStirred;

    internal void Note(long now, VirtualArmEventKind kind, double value = 0) =>
        ring.Add(new VirtualArmEvent(now, id, kind, value));

    /// <summary>Registers that a bus write may have changed.</summary>
    internal void AfterWrite(long now, int goal, double torqueLimit)
    {
        if (goal != _goal)
        {
            _goal = goal;
            _goalChanged = now;
            Stir(now);
        }

        if (torqueLimit != _torqueLimit)
        {
            _torqueLimit = torqueLimit;
            Note(now, VirtualArmEventKind.TorqueLimit, torqueLimit);
        }
    }

    /// <summary>A write touched Torque_Enable; it holds <paramref name="value"/> now.</summary>
    internal void TorqueWritten(long now, int value) =>
        Note(now, VirtualArmEventKind.TorqueWritten, value);

    /// <summary>A write touched Torque_Limit, changed or not.</summary>
    internal void TorqueLimitWritten(long now, double fraction) =>
        Note(now, VirtualArmEventKind.TorqueLimitWritten, fraction);

    /// <summary>Once a firmware tick.</summary>
    internal void AfterTick(
        long now, DriveMode mode, int errors, double shaftVelocity, double shaftAngle)
    {
        var torque = mode != DriveMode.Off;
        if (torque != _torque)
        {
            _torque = torque;
            var kind = torque ? VirtualArmEventKind.TorqueOn : VirtualArmEventKind.TorqueOff;
            Note(now, kind, torque ? 1 : 0);
        }

        if (errors != _errors)
        {
            _errors = errors;
            Note(now, VirtualArmEventKind.Errors, errors);
        }

        _shaftAngle = shaftAngle;
        if (Math.Abs(shaftVelocity) > RestVelocity)
        {
            _shaftMoved = now;
            Stir(now);
        }
        else if (_shaftMoved >= 0 && now - _shaftMoved >= SettleNanoseconds)
        {
            Note(_shaftMoved, VirtualArmEventKind.ShaftStopped, shaftAngle);
            _shaftMoved = -1;
        }

        if (_goalChanged >= 0 && now - _goalChanged >= SettleNanoseconds)
        {
            Note(_goalChanged, VirtualArmEventKind.GoalStopped, _goal);
            _goalChanged = -1;
        }

        if (!_isAtRest && now - _lastStirred >= SettleNanoseconds)
        {
            _isAtRest = true;
            Note(_lastStirred, VirtualArmEventKind.CameToRest, shaftAngle);
        }
    }

    private void Stir(long now)
    {
        _lastStirred = now;
        if (_isAtRest)
        {
            _isAtRest = false;
            Note(now, VirtualArmEventKind.LeftRest, _shaftAngle);
        }
    }
}
