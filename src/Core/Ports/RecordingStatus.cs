namespace HilRig.Core.Ports;

/// <summary>Whether what is handed to a telemetry sink still reaches the disk.</summary>
public enum RecordingStatus
{
    /// <summary>It does. The run goes on.</summary>
    Recording,

    /// <summary>
    /// The disk or the quota is full. Whoever drives the run brings it to a stop.
    /// </summary>
    DiskFull,

    /// <summary>
    /// The file could not be written for another reason. The run is brought to a stop.
    /// </summary>
    DeviceError,

    /// <summary>The recording was closed whole; nothing more is taken.</summary>
    Closed,
}
