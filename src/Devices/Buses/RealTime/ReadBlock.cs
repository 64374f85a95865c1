namespace HilRig.Devices.Buses.RealTime;

/// <summary>Which registers a group reads each cycle.</summary>
public enum ReadBlock
{
    /// <summary>
    /// Addresses 56 to 70: position, velocity, load, voltage, temperature, status, current.
    /// </summary>
    Everything,

    /// <summary>
    /// Addresses 56 to 59: position and velocity; 110 µs a servo less at 1 Mbaud.
    /// </summary>
    PositionAndVelocity,
}
