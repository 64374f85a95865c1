namespace HilRig.Recording.ServoLogs;

/// <summary>
/// A recording of one real servo: what it was told and what it measured, row by row, at the
/// irregular times at which its registers were read. All arrays have the same length.
/// </summary>
public sealed class ServoLog
{
    /// <summary>Name of the file without folder and extension.</summary>
    public required string Name { get; init; }

    /// <summary>What the bench was, as far as the recording says.</summary>
    public required ServoBench Bench { get; init; }

    /// <summary>Time of each row, s; strictly increasing. Shape [row].</summary>
    public required double[] TimeSeconds { get; init; }

    /// <summary>Goal position, rad; 0 hangs down. Shape [row].</summary>
    public required double[] GoalPositionRadians { get; init; }

    /// <summary>Measured position, rad. Shape [row].</summary>
    public required double[] PositionRadians { get; init; }

    /// <summary>Measured velocity, rad/s. Shape [row].</summary>
    public required double[] VelocityRadiansPerSecond { get; init; }

    /// <summary>Whether the servo was allowed to apply torque. Shape [row].</summary>
    public required bool[] TorqueEnabled { get; init; }

    /// <summary>Supply voltage at the servo, V; NaN where not recorded. Shape [row].</summary>
    public required double[] InputVolts { get; init; }

    /// <summary>Temperature of the servo, °C; NaN where not recorded. Shape [row].</summary>
    public required double[] TemperatureCelsius { get; init; }

    /// <summary>Number of rows.</summary>
    public int RowCount => TimeSeconds.Length;

    /// <summary>Time from the first row to the last.</summary>
    public TimeSpan Duration => TimeSpan.FromSeconds(TimeSeconds[^1] - TimeSeconds[0]);
}
