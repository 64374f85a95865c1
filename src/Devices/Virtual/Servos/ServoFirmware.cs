using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// The 1 kHz loop of the servo: guards, set-point profile, position loop, measurements.
/// <para>
/// Position loop: duty = g·(P·e + D·(e − e_previous) + I·∫e dt), g = ErrorGain per tick, e in ticks
/// between set-point and encoder, 0 inside the dead zone; then at least Min_Startup_Force, at most
/// the torque limits. g·P was seen on an oscilloscope (BAM); the scales of D and I are not
/// published, so D acts on the change per firmware tick and I on ticks times seconds.
/// </para>
/// Operating modes: 0 position, 1 velocity (the set-point runs at Goal_Velocity), 2 duty (Goal_Time
/// holds it, sign in bit 10). Mode 3 (relative steps) is not modelled: the servo holds.
/// </summary>
internal sealed class ServoFirmware
{
    internal const double PeriodSeconds = 1e-3;
    internal const int LatencyTicksMax = 30;

    private const int ModeVelocity = 1;
    private const int ModeDuty = 2;
    private const int ModeStep = 3;
    private const int DutySignBit = 10;
    private const int TorqueDamps = 2;

    private readonly ControlTable _table;
    private readonly ServoProtection _protection;
    private readonly VelocityEstimate _velocity = new();
    private readonly int[] _goals = new int[LatencyTicksMax + 1];
    private readonly int _latencyTicks;
    private readonly double _gainPerTick;
    private readonly double _dutyMax;
    private readonly double _profileTicksPerSecondMax;

    private MotionProfile _profile;
    private bool _driving;
    private double _previousError;
    private double _integral;
    private double _filteredCurrent;
    private int _nextGoal;

    internal ServoFirmware(ControlTable table, VirtualServoParameters parameters)
    {
        _table = table;
        _protection = new ServoProtection(table);
        _latencyTicks = Math.Clamp(
            (int)Math.Round(parameters.FirmwareLatency / PeriodSeconds), 0, LatencyTicksMax);
        _gainPerTick = parameters.ErrorGain / OutputEncoder.TicksPerRadian;
        _dutyMax = parameters.DutyMax;
        _profileTicksPerSecondMax = parameters.ProfileVelocityMax * OutputEncoder.TicksPerRadian;
    }

    /// <summary>What the bridge does until the next tick.</summary>
    internal DriveMode Mode { get; private set; }

    /// <summary>Duty cycle until the next tick, −1 to 1.</summary>
    internal double Duty { get; private set; }

    /// <summary>Error byte of status packets.</summary>
    internal ServoErrors Errors => _protection.Errors;

    /// <summary>Starts at a position with the torque off and the goal at that position.</summary>
    /// <param name="turnTicks">Encoder, whole turns kept.</param>
    /// <param name="volts">Supply at the servo, V.</param>
    /// <param name="celsius">Case temperature, °C.</param>
    internal void PowerUp(long turnTicks, double volts, double celsius)
    {
        _velocity.Reset(turnTicks);
        var position = Position(turnTicks);
        _table.Set(Sts3215.GoalPosition, position);
        _goals.AsSpan().Fill(position);
        _profile.Seed(position);
        _protection.Rearm();
        _driving = false;
        Mode = DriveMode.Off;
        Duty = 0;
        Measure(position, volts, celsius);
    }

    /// <summary>Torque_Enable was written: latched guards are released.</summary>
    internal void TorqueWritten() => _protection.Rearm();

    /// <summary>
    /// Makes the present position read 2048 and saves that, as Torque_Enable = 128 does.
    /// </summary>
    internal void Rezero(long turnTicks)
    {
        _table.Set(Sts3215.HomingOffset, (int)Wrap(turnTicks) - (OutputEncoder.TicksPerTurn / 2));
        _table.Save(Sts3215.HomingOffset);
        var position = Position(turnTicks);
        _profile.Seed(position);
        _goals.AsSpan().Fill(position);
        _table.Set(Sts3215.GoalPosition, position);
    }

    /// <summary>One tick.</summary>
    /// <param name="turnTicks">Encoder, whole turns kept.</param>
    /// <param name="currentAmperes">Motor current, A.</param>
    /// <param name="volts">Supply at the servo, V.</param>
    /// <param name="celsius">Case temperature, °C.</param>
    internal void Tick(long turnTicks, double currentAmperes, double volts, double celsius)
    {
        _velocity.Add(turnTicks);
        var position = Position(turnTicks);
        _protection.Step(Duty, currentAmperes, volts, celsius);
        var goal = DelayedGoal();
        var torque = _table.Get(Sts3215.TorqueEnable);
        if (torque == 0 || _protection.CutsOff)
        {
            _driving = false;
            Mode = DriveMode.Off;
            Duty = 0;
            _profile.Seed(position);
        }
        else if (torque == TorqueDamps)
        {
            _driving = false;
            Mode = DriveMode.Brake;
            Duty = 0;
            _profile.Seed(position);
        }
        else
        {
            Drive(position, goal);
        }

        _filteredCurrent += 0.1 * (Math.Abs(currentAmperes) - _filteredCurrent);
        Measure(position, volts, celsius);
    }

    internal void Digest(ref StateDigest digest)
    {
        _protection.Digest(ref digest);
        _velocity.Digest(ref digest);
        _profile.Digest(ref digest);
        digest.Add(Duty);
        digest.Add((ulong)Mode);
        digest.Add(_previousError);
        digest.Add(_integral);
        digest.Add(_filteredCurrent);
        digest.Add((ulong)_nextGoal);
        foreach (var goal in _goals)
        {
            digest.Add((ulong)goal);
        }
    }

    private static long Wrap(long ticks) =>
        ((ticks % OutputEncoder.TicksPerTurn) + OutputEncoder.TicksPerTurn)
            % OutputEncoder.TicksPerTurn;

    private int Position(long turnTicks) => (int)Wrap(turnTicks - _table.Get(Sts3215.HomingOffset));

    private int DelayedGoal()
    {
        _goals[_nextGoal] = _table.Get(Sts3215.GoalPosition);
        var oldest = (_nextGoal + _goals.Length - _latencyTicks) % _goals.Length;
        _nextGoal = (_nextGoal + 1) % _goals.Length;
        return _goals[oldest];
    }

    private void Drive(int position, int goal)
    {
        if (!_driving)
        {
            // The torque came on through the same pipeline: the goal before it is already in
            // effect.
            _driving = true;
            goal = _table.Get(Sts3215.GoalPosition);
            _goals.AsSpan().Fill(goal);
            _profile.Seed(position);
            _previousError = 0;
            _integral = 0;
        }

        Mode = DriveMode.Duty;
        var limitCounts = Math.Min(_table.Get(Sts3215.TorqueLimit), _table.Get(Sts3215.MaxTorque));
        var limit = Math.Min(_dutyMax * limitCounts * 1e-3, _protection.DutyMax);
        var mode = _table.Get(Sts3215.OperatingMode);
        if (mode == ModeDuty)
        {
            var wanted = SignMagnitude.Decode(_table.Get(Sts3215.GoalTime), DutySignBit) * 1e-3;
            Duty = Math.Clamp(wanted, -limit, limit);
            _profile.Seed(position);
            return;
        }

        MoveProfile(mode, position, goal);
        Duty = Math.Clamp(PositionLoop(_profile.Position - position), -limit, limit);
    }

    private void MoveProfile(int mode, int position, int goal)
    {
        var unit = FeetechUnits.VelocityTicksPerCount(_table.Get(Sts3215.Phase));
        var goalVelocity = (double)_table.Get(Sts3215.GoalVelocity) * unit;
        var acceleration = _table.Get(Sts3215.Acceleration) * 100.0;
        if (mode == ModeStep)
        {
            return;
        }

        if (mode == ModeVelocity)
        {
            var ahead = Math.Sign(goalVelocity) * OutputEncoder.TicksPerTurn / 4.0;
            var target = goalVelocity == 0 ? _profile.Position : position + ahead;
            var speed = Math.Min(Math.Abs(goalVelocity), _profileTicksPerSecondMax);
            _profile.Step(target, speed, acceleration, PeriodSeconds);
            return;
        }

        var max = goalVelocity == 0
            ? _profileTicksPerSecondMax
            : Math.Min(Math.Abs(goalVelocity), _profileTicksPerSecondMax);
        var low = _table.Get(Sts3215.MinPositionLimit);
        var high = _table.Get(Sts3215.MaxPositionLimit);
        var bounded = low < high ? Math.Clamp(goal, low, high) : goal;
        _profile.Step(bounded, max, acceleration, PeriodSeconds);
    }

    private double PositionLoop(double error)
    {
        if (error <= _table.Get(Sts3215.DeadZoneClockwise)
            && error >= -_table.Get(Sts3215.DeadZoneCounterClockwise))
        {
            error = 0;
        }

        _integral = _table.Get(Sts3215.PositionI) == 0 ? 0 : _integral + (error * PeriodSeconds);
        var control = (_table.Get(Sts3215.PositionP) * error)
            + (_table.Get(Sts3215.PositionD) * (error - _previousError))
            + (_table.Get(Sts3215.PositionI) * _integral);
        _previousError = error;
        var duty = _gainPerTick * control;
        var least = _table.Get(Sts3215.MinStartupForce) * 1e-3;
        return error != 0 && Math.Abs(duty) < least ? Math.CopySign(least, duty) : duty;
    }

    private void Measure(int position, double volts, double celsius)
    {
        var unit = FeetechUnits.VelocityTicksPerCount(_table.Get(Sts3215.Phase));
        _table.Set(Sts3215.PresentPosition, position);
        _table.Set(Sts3215.PresentVelocity, _velocity.Value / unit);
        _table.Set(Sts3215.PresentLoad, FeetechUnits.FractionToTenthPercent(Duty));
        _table.Set(Sts3215.PresentVoltage, FeetechUnits.VoltsToCount(volts));
        _table.Set(Sts3215.PresentTemperature, (int)celsius);
        _table.Set(Sts3215.PresentCurrent, FeetechUnits.AmperesToCount(_filteredCurrent));
        _table.Set(Sts3215.Status, (int)_protection.Errors);
        _table.Set(Sts3215.Moving, _profile.Velocity != 0 || _velocity.Value != 0 ? 1 : 0);
    }
}
