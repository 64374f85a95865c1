namespace HilRig.Devices.Transports;

/// <summary>What one call of a transport ended with.</summary>
public enum TransportStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>The deadline passed; the caller may retry.</summary>
    Timeout,

    /// <summary>
    /// The device is gone (unplugged, closed at the other end); only a new open helps.
    /// </summary>
    Lost,
}
