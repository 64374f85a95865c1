namespace HilRig.Core.Units;

/// <summary>
/// Every unit that files may use, by dimension; the first of a dimension is its SI unit.
/// </summary>
internal static class UnitTable
{
    private static readonly Unit[] Units =
    [
        new("", Dimension.Ratio, 1),
        new("%", Dimension.Ratio, 0.01),
        new("rad", Dimension.Angle, 1),
        new("mrad", Dimension.Angle, 1e-3),
        new("deg", Dimension.Angle, Math.PI / 180),
        new("°", Dimension.Angle, Math.PI / 180),
        new("rev", Dimension.Angle, 2 * Math.PI),
        new("m", Dimension.Length, 1),
        new("cm", Dimension.Length, 1e-2),
        new("mm", Dimension.Length, 1e-3),
        new("s", Dimension.Time, 1),
        new("ms", Dimension.Time, 1e-3),
        new("us", Dimension.Time, 1e-6),
        new("µs", Dimension.Time, 1e-6),
        new("ns", Dimension.Time, 1e-9),
        new("min", Dimension.Time, 60),
        new("Hz", Dimension.Frequency, 1),
        new("kHz", Dimension.Frequency, 1e3),
        new("rad/s", Dimension.AngularVelocity, 1),
        new("mrad/s", Dimension.AngularVelocity, 1e-3),
        new("deg/s", Dimension.AngularVelocity, Math.PI / 180),
        new("rpm", Dimension.AngularVelocity, Math.PI / 30),
        new("m/s", Dimension.Velocity, 1),
        new("mm/s", Dimension.Velocity, 1e-3),
        new("N·m", Dimension.Torque, 1),
        new("N*m", Dimension.Torque, 1),
        new("Nm", Dimension.Torque, 1),
        new("mN·m", Dimension.Torque, 1e-3),
        new("mNm", Dimension.Torque, 1e-3),
        new("N", Dimension.Force, 1),
        new("mN", Dimension.Force, 1e-3),
        new("kg", Dimension.Mass, 1),
        new("g", Dimension.Mass, 1e-3),
        new("kg·m²", Dimension.Inertia, 1),
        new("kg*m^2", Dimension.Inertia, 1),
        new("V", Dimension.Voltage, 1),
        new("mV", Dimension.Voltage, 1e-3),
        new("A", Dimension.Current, 1),
        new("mA", Dimension.Current, 1e-3),
        new("degC", Dimension.Temperature, 1),
        new("°C", Dimension.Temperature, 1),
    ];

    /// <summary>The SI unit of <paramref name="dimension"/>; empty for a ratio.</summary>
    internal static string SiSymbol(Dimension dimension) =>
        Units.First(unit => unit.Dimension == dimension).Symbol;

    /// <summary>Symbols that fit <paramref name="dimension"/>, SI first.</summary>
    internal static IEnumerable<string> SymbolsOf(Dimension dimension) =>
        Units.Where(unit => unit.Dimension == dimension && unit.Symbol.Length > 0)
            .Select(unit => unit.Symbol);

    /// <summary>The unit written as <paramref name="symbol"/>; null when there is none.</summary>
    internal static Unit? Find(string symbol) =>
        Array.Find(Units, unit => unit.Symbol == symbol);
}

/// <summary>One unit.</summary>
/// <param name="Symbol">As it is written.</param>
/// <param name="Dimension">What it measures.</param>
/// <param name="Factor">SI units in one of it.</param>
internal sealed record Unit(string Symbol, Dimension Dimension, double Factor);
