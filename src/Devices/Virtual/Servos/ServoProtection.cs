using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// The firmware's guards: supply voltage, temperature, current and overload. A guard always shows
/// its bit in the error byte; it acts on the motor only when its bit is set in Unload_Condition
/// (19). Overload that outlasts Protection_Time limits the torque to Protective_Torque; overcurrent
/// and heat take it away. Both latch until Torque_Enable is written.
/// </summary>
internal sealed class ServoProtection(ControlTable table)
{
    private const int MillisecondsPerCount = 10;

    private const ServoErrors CuttingOff =
        ServoErrors.Voltage | ServoErrors.Temperature | ServoErrors.Current;

    private ServoErrors _latched;
    private int _overloadMilliseconds;
    private int _currentMilliseconds;

    /// <summary>Error byte of status packets.</summary>
    internal ServoErrors Errors { get; private set; }

    /// <summary>Whether the motor is cut off.</summary>
    internal bool CutsOff { get; private set; }

    /// <summary>Largest duty the guards allow, 0 to 1.</summary>
    internal double DutyMax { get; private set; } = 1;

    /// <summary>Clears latched guards; their causes count from zero again.</summary>
    internal void Rearm()
    {
        _latched = ServoErrors.None;
        _overloadMilliseconds = 0;
        _currentMilliseconds = 0;
    }

    /// <summary>One firmware tick (1 ms).</summary>
    internal void Step(double duty, double currentAmperes, double volts, double celsius)
    {
        var overloaded = Math.Abs(duty) * 100 > table.Get(Sts3215.OverloadTorque);
        _overloadMilliseconds = overloaded ? _overloadMilliseconds + 1 : 0;
        if (_overloadMilliseconds > table.Get(Sts3215.ProtectionTime) * MillisecondsPerCount)
        {
            _latched |= ServoErrors.Overload;
        }

        var limit = FeetechUnits.CountToAmperes(table.Get(Sts3215.ProtectionCurrent));
        _currentMilliseconds = Math.Abs(currentAmperes) > limit ? _currentMilliseconds + 1 : 0;
        if (_currentMilliseconds > table.Get(Sts3215.OverCurrentTime) * MillisecondsPerCount)
        {
            _latched |= ServoErrors.Current;
        }

        if (celsius > table.Get(Sts3215.MaxTemperature))
        {
            _latched |= ServoErrors.Temperature;
        }

        var outside = volts > FeetechUnits.CountToVolts(table.Get(Sts3215.MaxVoltage))
            || volts < FeetechUnits.CountToVolts(table.Get(Sts3215.MinVoltage));
        Errors = _latched | (outside ? ServoErrors.Voltage : ServoErrors.None);
        var acting = Errors & (ServoErrors)table.Get(Sts3215.UnloadCondition);
        CutsOff = (acting & CuttingOff) != 0;
        DutyMax = (acting & ServoErrors.Overload) != 0
            ? table.Get(Sts3215.ProtectiveTorque) * 0.01 : 1;
    }

    internal void Digest(ref StateDigest digest)
    {
        digest.Add((ulong)_overloadMilliseconds);
        digest.Add((ulong)_currentMilliseconds);
        digest.Add((ulong)Errors);
        digest.Add((ulong)_latched);
    }
}
