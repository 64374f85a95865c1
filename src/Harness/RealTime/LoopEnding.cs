namespace HilRig.Harness.RealTime;

/// <summary>How a control loop ended.</summary>
public enum LoopEnding
{
    /// <summary>All phases were run, or the recording that paced it came to its end.</summary>
    Completed,

    /// <summary>Somebody asked it to stop (Ctrl-C).</summary>
    Cancelled,

    /// <summary>The controller failed.</summary>
    ControllerFailed,

    /// <summary>The plant latched a stop.</summary>
    PlantStopped,

    /// <summary>The plant, or the device that paces it, is gone.</summary>
    PlantLost,

    /// <summary>The twin cannot go on.</summary>
    TwinFailed,

    /// <summary>Ticks no longer reach the disk.</summary>
    RecorderFailed,
}
