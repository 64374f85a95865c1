namespace HilRig.Devices.Registers;

/// <summary>What one count of a register means; <see cref="FeetechUnits"/> converts.</summary>
public enum RegisterUnit
{
    /// <summary>A code, flag, id or gain without physical unit.</summary>
    None,

    /// <summary>Encoder ticks, 4096 a turn.</summary>
    PositionTicks,

    /// <summary>Encoder ticks per second.</summary>
    VelocityTicksPerSecond,

    /// <summary>100 encoder ticks per second squared.</summary>
    AccelerationHundredTicksPerSecondSquared,

    /// <summary>0.1 % of the largest PWM duty or torque.</summary>
    TenthPercent,

    /// <summary>1 % of the largest torque.</summary>
    Percent,

    /// <summary>0.1 V.</summary>
    TenthVolt,

    /// <summary>1 °C.</summary>
    Celsius,

    /// <summary>6.5 mA.</summary>
    CurrentSixPointFiveMilliamperes,

    /// <summary>2 µs.</summary>
    TwoMicroseconds,

    /// <summary>1 ms.</summary>
    Millisecond,

    /// <summary>10 ms.</summary>
    TenMilliseconds,
}
