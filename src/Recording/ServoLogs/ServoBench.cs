namespace HilRig.Recording.ServoLogs;

/// <summary>The bench a servo was recorded on: a pendulum on the servo's shaft.</summary>
/// <param name="Motor">Servo model, such as "xl330"; empty when not recorded.</param>
/// <param name="Trajectory">Name of the trajectory; empty when not recorded.</param>
/// <param name="MassKilograms">Mass at the end of the pendulum; NaN when not recorded.</param>
/// <param name="LengthMeters">Distance from shaft to mass; NaN when not recorded.</param>
/// <param name="FirmwareGain">Position gain register of the servo; NaN when not recorded.</param>
/// <param name="SupplyVolts">Nominal supply; NaN when not recorded.</param>
public sealed record ServoBench(
    string Motor,
    string Trajectory,
    double MassKilograms,
    double LengthMeters,
    double FirmwareGain,
    double SupplyVolts)
{
    /// <summary>A bench of which nothing is recorded.</summary>
    public static ServoBench Unknown { get; } =
        new("", "", double.NaN, double.NaN, double.NaN, double.NaN);
}
