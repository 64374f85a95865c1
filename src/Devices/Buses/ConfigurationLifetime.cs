namespace HilRig.Devices.Buses;

/// <summary>How long a configuration write shall last.</summary>
public enum ConfigurationLifetime
{
    /// <summary>
    /// Until power-off (Lock = 1). Spares the EEPROM and leaves the owner's settings alone.
    /// </summary>
    UntilPowerOff,

    /// <summary>For good (Lock = 0). Needed for id and baud rate.</summary>
    Permanent,
}
