namespace HilRig.Bridge.SharedMemory;

/// <summary>How a thread waits for the other side of a shared-memory lane.</summary>
public enum LaneWaiting
{
    /// <summary>It sleeps and is woken: some microseconds.</summary>
    Blocking,

    /// <summary>
    /// It never sleeps: well below a microsecond, at the price of a processor of its own, which
    /// nothing else may need.
    /// </summary>
    Spinning,
}
