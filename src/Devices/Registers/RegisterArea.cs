namespace HilRig.Devices.Registers;

/// <summary>Where a register lives.</summary>
public enum RegisterArea
{
    /// <summary>
    /// Addresses below 40. A write takes effect at once; it survives power-off only when Lock is 0.
    /// </summary>
    Eeprom,

    /// <summary>Addresses from 40 on: lost at power-off.</summary>
    Ram,
}
