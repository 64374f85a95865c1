using static HilRig.Devices.Registers.RegisterAccess;
using static HilRig.Devices.Registers.RegisterUnit;

namespace HilRig.Devices.Registers;

/// <summary>
/// Control table of the Feetech STS3215 (STS/SMS series). Addresses, lengths, factory values and
/// units: Feetech "STS3215 memory table", firmware 3.6. Registers below 40 are EEPROM: a write
/// takes effect at once and is lost at power-off while Lock (55) is 1; while Lock is 0 it is
/// permanent.
/// </summary>
public static class Sts3215
{
    /// <summary>Ticks of one turn of the output shaft.</summary>
    public const int TicksPerTurn = 4096;

    /// <summary>Value of <see cref="TorqueEnable"/> that re-zeroes the encoder at 2048.</summary>
    public const int TorqueEnableRezeroes = 128;

    /// <summary>Firmware, major part.</summary>
    public static readonly Register FirmwareMajor = new(
        "firmware_major", 0, 1, ReadOnly, Default: 3);

    /// <summary>Firmware, minor part.</summary>
    public static readonly Register FirmwareMinor = new(
        "firmware_minor", 1, 1, ReadOnly, Default: 6);

    /// <summary>Model number; 777 is an STS3215.</summary>
    public static readonly Register ModelNumber = new("model_number", 3, 2, ReadOnly, Default: 777);

    /// <summary>Bus id, 0 to 253.</summary>
    public static readonly Register Id = new("id", 5, 1, ReadWrite, Default: 1, Max: 253);

    /// <summary>Code of the baud rate; see <see cref="FeetechUnits.BaudOfCode"/>.</summary>
    public static readonly Register BaudRate = new(
        "baud_rate", 6, 1, ReadWrite, Default: 0, Max: 7);

    /// <summary>Pause before a reply. Newer manuals call it reserved.</summary>
    public static readonly Register ReturnDelay =
        new("return_delay", 7, 1, ReadWrite, TwoMicroseconds, Default: 0);

    /// <summary>0: only pings and reads are answered; 1: writes too.</summary>
    public static readonly Register ResponseLevel =
        new("response_level", 8, 1, ReadWrite, Default: 1, Max: 1);

    /// <summary>Lowest goal the firmware accepts.</summary>
    public static readonly Register MinPositionLimit =
        new("min_position_limit", 9, 2, ReadWrite, PositionTicks, Default: 0, Max: 4094);

    /// <summary>Highest goal the firmware accepts.</summary>
    public static readonly Register MaxPositionLimit =
        new("max_position_limit", 11, 2, ReadWrite, PositionTicks, Default: 4095, Max: 4095);

    /// <summary>Above it the servo reports <c>Temperature</c>.</summary>
    public static readonly Register MaxTemperature =
        new("max_temperature", 13, 1, ReadWrite, Celsius, Default: 70, Max: 100);

    /// <summary>Above it the servo reports <c>Voltage</c>.</summary>
    public static readonly Register MaxVoltage = new(
        "max_voltage", 14, 1, ReadWrite, TenthVolt, Default: 80);

    /// <summary>Below it the servo reports <c>Voltage</c>.</summary>
    public static readonly Register MinVoltage = new(
        "min_voltage", 15, 1, ReadWrite, TenthVolt, Default: 40);

    /// <summary>Copied into <see cref="TorqueLimit"/> at power-on.</summary>
    public static readonly Register MaxTorque =
        new("max_torque", 16, 2, ReadWrite, TenthPercent, Default: 1000, Max: 1000);

    /// <summary>
    /// Special bits; bit 2 chooses the velocity unit, see <see cref="FeetechUnits"/>.
    /// </summary>
    public static readonly Register Phase = new("phase", 18, 1, ReadWrite, Default: 12);

    /// <summary>Errors on which torque goes off, as bits.</summary>
    public static readonly Register UnloadCondition = new(
        "unload_condition", 19, 1, ReadWrite, Default: 44);

    /// <summary>Errors on which the LED blinks, as bits.</summary>
    public static readonly Register LedAlarm = new("led_alarm", 20, 1, ReadWrite, Default: 47);

    /// <summary>Proportional gain of the position loop.</summary>
    public static readonly Register PositionP = new("position_p", 21, 1, ReadWrite, Default: 32);

    /// <summary>Differential gain of the position loop.</summary>
    public static readonly Register PositionD = new("position_d", 22, 1, ReadWrite, Default: 32);

    /// <summary>Integral gain of the position loop.</summary>
    public static readonly Register PositionI = new("position_i", 23, 1, ReadWrite, Default: 0);

    /// <summary>Least duty that is applied at all.</summary>
    public static readonly Register MinStartupForce =
        new("min_startup_force", 24, 2, ReadWrite, TenthPercent, Default: 16, Max: 1000);

    /// <summary>Clockwise dead zone.</summary>
    public static readonly Register DeadZoneClockwise =
        new("dead_zone_cw", 26, 1, ReadWrite, PositionTicks, Default: 1, Max: 32);

    /// <summary>Counter-clockwise dead zone.</summary>
    public static readonly Register DeadZoneCounterClockwise =
        new("dead_zone_ccw", 27, 1, ReadWrite, PositionTicks, Default: 1, Max: 32);

    /// <summary>Current above which <see cref="OverCurrentTime"/> runs.</summary>
    public static readonly Register ProtectionCurrent = new(
        "protection_current",
        28,
        2,
        ReadWrite,
        CurrentSixPointFiveMilliamperes,
        Default: 500,
        Max: 511);

    /// <summary>Multiplier of the smallest angle.</summary>
    public static readonly Register AngularResolution =
        new("angular_resolution", 30, 1, ReadWrite, Default: 1, Max: 100);

    /// <summary>Subtracted from the encoder; -2047 to 2047.</summary>
    public static readonly Register HomingOffset =
        new("homing_offset", 31, 2, ReadWrite, PositionTicks, SignBit: 11, Default: 0, Max: 2047);

    /// <summary>0 position, 1 velocity, 2 PWM, 3 step.</summary>
    public static readonly Register OperatingMode =
        new("operating_mode", 33, 1, ReadWrite, Default: 0, Max: 3);

    /// <summary>Torque that is left after an overload.</summary>
    public static readonly Register ProtectiveTorque =
        new("protective_torque", 34, 1, ReadWrite, Percent, Default: 20);

    /// <summary>How long an overload may last.</summary>
    public static readonly Register ProtectionTime =
        new("protection_time", 35, 1, ReadWrite, TenMilliseconds, Default: 200);

    /// <summary>Torque from which an overload counts.</summary>
    public static readonly Register OverloadTorque =
        new("overload_torque", 36, 1, ReadWrite, Percent, Default: 80);

    /// <summary>Proportional gain of the velocity loop (mode 1).</summary>
    public static readonly Register VelocityP = new("velocity_p", 37, 1, ReadWrite, Default: 10);

    /// <summary>How long an over-current may last.</summary>
    public static readonly Register OverCurrentTime =
        new("over_current_time", 38, 1, ReadWrite, TenMilliseconds, Default: 200);

    /// <summary>Integral gain of the velocity loop (mode 1).</summary>
    public static readonly Register VelocityI = new("velocity_i", 39, 1, ReadWrite, Default: 10);

    /// <summary>0 off, 1 on, 2 damping. 128 re-zeroes the encoder; the driver refuses it.</summary>
    public static readonly Register TorqueEnable =
        new("torque_enable", 40, 1, ReadWrite, Default: 0, Max: 2);

    /// <summary>Acceleration of the profile; 0 is the largest.</summary>
    public static readonly Register Acceleration = new(
        "acceleration", 41, 1, ReadWrite, AccelerationHundredTicksPerSecondSquared, Default: 0);

    /// <summary>Goal position.</summary>
    public static readonly Register GoalPosition = new(
        "goal_position", 42, 2, ReadWrite, PositionTicks, SignBit: 15, Default: 0, Max: 32766);

    /// <summary>Time for the move (mode 0), duty (mode 2).</summary>
    public static readonly Register GoalTime = new(
        "goal_time", 44, 2, ReadWrite, Millisecond, Default: 0, Max: 32766);

    /// <summary>Largest velocity of a move; 0 is the largest the servo can do.</summary>
    public static readonly Register GoalVelocity = new(
        "goal_velocity",
        46,
        2,
        ReadWrite,
        VelocityTicksPerSecond,
        SignBit: 15,
        Default: 0,
        Max: 32766);

    /// <summary>Largest torque; set from <see cref="MaxTorque"/> at power-on.</summary>
    public static readonly Register TorqueLimit =
        new("torque_limit", 48, 2, ReadWrite, TenthPercent, Default: 1000, Max: 1000);

    /// <summary>0: writes below 40 are permanent; 1: they are lost at power-off.</summary>
    public static readonly Register Lock = new("lock", 55, 1, ReadWrite, Default: 1, Max: 1);

    /// <summary>Measured position.</summary>
    public static readonly Register PresentPosition =
        new("present_position", 56, 2, ReadOnly, PositionTicks, SignBit: 15);

    /// <summary>Measured velocity.</summary>
    public static readonly Register PresentVelocity =
        new("present_velocity", 58, 2, ReadOnly, VelocityTicksPerSecond, SignBit: 15);

    /// <summary>PWM duty the position loop applies now; not a torque measurement.</summary>
    public static readonly Register PresentLoad =
        new("present_load", 60, 2, ReadOnly, TenthPercent, SignBit: 10);

    /// <summary>Supply voltage.</summary>
    public static readonly Register PresentVoltage = new(
        "present_voltage", 62, 1, ReadOnly, TenthVolt);

    /// <summary>Temperature of the board.</summary>
    public static readonly Register PresentTemperature = new(
        "present_temperature", 63, 1, ReadOnly, Celsius);

    /// <summary>1 while a reg write waits for its action.</summary>
    public static readonly Register RegWriteFlag = new("reg_write_flag", 64, 1, ReadOnly);

    /// <summary>Error bits, as in status packets.</summary>
    public static readonly Register Status = new("status", 65, 1, ReadOnly);

    /// <summary>1 while a move is under way.</summary>
    public static readonly Register Moving = new("moving", 66, 1, ReadOnly);

    /// <summary>Motor current.</summary>
    public static readonly Register PresentCurrent =
        new("present_current", 69, 2, ReadOnly, CurrentSixPointFiveMilliamperes, SignBit: 15);

    /// <summary>The STS3215's table; model number 777.</summary>
    public static RegisterTable Table { get; } = new("sts3215", 777,
    [
        FirmwareMajor, FirmwareMinor, ModelNumber, Id, BaudRate, ReturnDelay, ResponseLevel,
        MinPositionLimit, MaxPositionLimit, MaxTemperature, MaxVoltage, MinVoltage, MaxTorque,
        Phase, UnloadCondition, LedAlarm, PositionP, PositionD, PositionI, MinStartupForce,
        DeadZoneClockwise, DeadZoneCounterClockwise, ProtectionCurrent, AngularResolution,
        HomingOffset, OperatingMode, ProtectiveTorque, ProtectionTime, OverloadTorque,
        VelocityP, OverCurrentTime, VelocityI, TorqueEnable, Acceleration, GoalPosition,
        GoalTime, GoalVelocity, TorqueLimit, Lock, PresentPosition, PresentVelocity,
        PresentLoad, PresentVoltage, PresentTemperature, RegWriteFlag, Status, Moving,
        PresentCurrent,
    ]);
}
