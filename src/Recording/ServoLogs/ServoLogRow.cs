namespace HilRig.Recording.ServoLogs;

/// <summary>One row of a servo recording.</summary>
internal readonly record struct ServoLogRow(
    double TimeSeconds,
    double GoalPositionRadians,
    double PositionRadians,
    double VelocityRadiansPerSecond,
    bool TorqueEnabled,
    double InputVolts,
    double TemperatureCelsius);
