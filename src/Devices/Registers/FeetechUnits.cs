namespace HilRig.Devices.Registers;

/// <summary>
/// Every conversion between Feetech STS counts and SI units; there is no other place.
/// <para>
/// Velocity: one count of Goal_Velocity and Present_Velocity is one encoder tick per second
/// (0.0146 rev/min), because bit 2 of Phase (18) is set on an STS3215 as shipped (Phase = 12). With
/// the bit cleared one count is 50 ticks per second (0.732 rev/min). Source: Feetech STS memory
/// table, firmware 3.6, "running speed" (50 step/s = 0.732 rev/min) and the bits of Phase.
/// </para>
/// </summary>
public static class FeetechUnits
{
    /// <summary>Ticks per radian of the output shaft: 4096 / 2π.</summary>
    public const double TicksPerRadian = Sts3215.TicksPerTurn / (2 * Math.PI);

    /// <summary>Bit of Phase that chooses the fine velocity unit.</summary>
    public const int PhaseFineVelocityBit = 2;

    private const double AmperesPerCount = 0.0065;
    private const double VoltsPerCount = 0.1;
    private const double FractionPerCount = 0.001;
    private const double AccelerationTicksPerCount = 100;
    private const int CoarseVelocityTicksPerCount = 50;

    private static readonly int[] Bauds =
        [1_000_000, 500_000, 250_000, 128_000, 115_200, 76_800, 57_600, 38_400];

    /// <summary>Baud rates in the order of their codes, 0 first.</summary>
    public static IReadOnlyList<int> BaudRates => Bauds;

    /// <summary>Angle of a tick count, rad.</summary>
    /// <param name="ticks">Ticks, signed.</param>
    public static double TicksToRadians(double ticks) => ticks / TicksPerRadian;

    /// <summary>Nearest tick count of an angle.</summary>
    /// <param name="angleRadians">Angle, rad; must be finite.</param>
    public static int RadiansToTicks(double angleRadians) =>
        (int)Math.Round(angleRadians * TicksPerRadian, MidpointRounding.AwayFromZero);

    /// <summary>Velocity of a count of Goal_Velocity or Present_Velocity, rad/s.</summary>
    /// <param name="count">Counts, signed; fine unit (Phase bit 2 set).</param>
    public static double VelocityToRadiansPerSecond(int count) => count / TicksPerRadian;

    /// <summary>Nearest count of a velocity.</summary>
    /// <param name="velocityRadiansPerSecond">Velocity, rad/s; must be finite.</param>
    public static int RadiansPerSecondToVelocity(double velocityRadiansPerSecond) =>
        RadiansToTicks(velocityRadiansPerSecond);

    /// <summary>
    /// Ticks per second that one velocity count means under a value of Phase: 1 or 50.
    /// </summary>
    /// <param name="phase">Value of register 18.</param>
    public static int VelocityTicksPerCount(int phase) =>
        ((phase >> PhaseFineVelocityBit) & 1) == 1 ? 1 : CoarseVelocityTicksPerCount;

    /// <summary>Acceleration of a count of register 41, rad/s².</summary>
    /// <param name="count">0 to 254; 0 stands for "as fast as it can" and gives infinity.</param>
    public static double AccelerationToRadiansPerSecondSquared(int count) => count == 0
        ? double.PositiveInfinity
        : count * AccelerationTicksPerCount / TicksPerRadian;

    /// <summary>PWM duty or torque as a signed fraction of the largest, of a 0.1 % count.</summary>
    /// <param name="count">Counts, signed.</param>
    public static double TenthPercentToFraction(int count) => count * FractionPerCount;

    /// <summary>Nearest 0.1 % count of a fraction, clamped to ±1000.</summary>
    /// <param name="fraction">-1 to 1; must be finite.</param>
    public static int FractionToTenthPercent(double fraction) =>
        (int)Math.Round(Math.Clamp(fraction, -1, 1) / FractionPerCount);

    /// <summary>Supply voltage, V.</summary>
    /// <param name="count">Counts of 0.1 V.</param>
    public static double CountToVolts(int count) => count * VoltsPerCount;

    /// <summary>Nearest count of a voltage.</summary>
    /// <param name="volts">Voltage, V; must be finite.</param>
    public static int VoltsToCount(double volts) => (int)Math.Round(volts / VoltsPerCount);

    /// <summary>Motor current, A.</summary>
    /// <param name="count">Counts of 6.5 mA, signed.</param>
    public static double CountToAmperes(int count) => count * AmperesPerCount;

    /// <summary>Nearest count of a current.</summary>
    /// <param name="amperes">Current, A; must be finite.</param>
    public static int AmperesToCount(double amperes) => (int)Math.Round(amperes / AmperesPerCount);

    /// <summary>Return delay, ns, of a count of register 7 (2 µs each).</summary>
    /// <param name="count">0 to 254.</param>
    public static long ReturnDelayToNanoseconds(int count) => count * 2_000L;

    /// <summary>Baud rate of a code of register 6; 0 for an unknown code.</summary>
    /// <param name="code">0 to 7.</param>
    public static int BaudOfCode(int code) => code >= 0 && code < Bauds.Length ? Bauds[code] : 0;

    /// <summary>Code of a baud rate; -1 when the servo has none for it.</summary>
    /// <param name="baud">Bits per second.</param>
    public static int CodeOfBaud(int baud) => Array.IndexOf(Bauds, baud);
}
