namespace HilRig.Core.Time;

/// <summary>What a wait for a tick ended with.</summary>
public enum TickStatus
{
    /// <summary>A tick is due; act on it.</summary>
    Due,

    /// <summary>There are no more ticks (end of a recording). The loop ends normally.</summary>
    Ended,

    /// <summary>The device that sets the pace is gone. The loop ends with a rig error.</summary>
    DeviceLost,
}
