namespace HilRig.Devices.Virtual.Servos;

/// <summary>
/// Magnetic encoder on the output shaft: 4096 counts a turn, rounded to the nearest count, with the
/// once-a-turn error of a magnet that is off centre.
/// </summary>
internal sealed class OutputEncoder(double zeroTicks, double eccentricity, double phase)
{
    internal const int TicksPerTurn = 4096;
    internal const double TicksPerRadian = TicksPerTurn / (2 * Math.PI);

    /// <summary>Counts since the zero of turn 0, whole turns kept.</summary>
    internal long ReadTurns(double shaftAngle)
    {
        var error = eccentricity == 0 ? 0 : eccentricity * Math.Sin(shaftAngle + phase);
        return (long)Math.Floor(((shaftAngle + error) * TicksPerRadian) + zeroTicks + 0.5);
    }
}
