namespace HilRig.Devices.Protocols.Feetech;

/// <summary>
/// Error bits of a status packet and of register 65 (STS memory table, "servo status").
/// </summary>
[Flags]
public enum ServoErrors
{
    /// <summary>No error.</summary>
    None = 0,

    /// <summary>Supply voltage outside registers 14 and 15.</summary>
    Voltage = 1 << 0,

    /// <summary>The magnetic encoder fails.</summary>
    Sensor = 1 << 1,

    /// <summary>Hotter than register 13.</summary>
    Temperature = 1 << 2,

    /// <summary>More current than register 28 for longer than register 38.</summary>
    Current = 1 << 3,

    /// <summary>More torque than register 36 for longer than register 35.</summary>
    Overload = 1 << 5,
}
