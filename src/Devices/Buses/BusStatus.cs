namespace HilRig.Devices.Buses;

/// <summary>What a bus transaction ended with, from good to bad.</summary>
public enum BusStatus
{
    /// <summary>Done; every servo answered well.</summary>
    Ok,

    /// <summary>
    /// A servo answered and reports an error; values that came with it are good. The agent judges.
    /// </summary>
    DeviceError,

    /// <summary>Something came, but no valid answer. Reads have been retried already.</summary>
    Corrupt,

    /// <summary>Nothing came in time. Reads have been retried already.</summary>
    Timeout,

    /// <summary>
    /// The driver did not send it: a write to EEPROM outside a <see cref="ConfigurationScope"/>, a
    /// value that does not fit, or Torque_Enable = 128. A bug of the caller.
    /// </summary>
    Refused,

    /// <summary>The port is gone; only a new connection helps.</summary>
    Lost,
}
