namespace HilRig.Devices.Power;

/// <summary>What a supply measures at its output.</summary>
/// <param name="Volts">Voltage, V.</param>
/// <param name="Amperes">Current, A.</param>
public readonly record struct SupplyReading(double Volts, double Amperes);
