namespace HilRig.Core.Time;

/// <summary>
/// Instants one tick passes through, CLOCK_MONOTONIC ns; 0 means "not stamped". The order of the
/// fields is the order of a tick.
/// </summary>
public record struct HopStamps
{
    /// <summary>When the tick was due.</summary>
    public long Planned { get; set; }

    /// <summary>When the loop woke for it.</summary>
    public long Woke { get; set; }

    /// <summary>When the newest state had been taken.</summary>
    public long StateRead { get; set; }

    /// <summary>When the controller or policy was done and limits were applied.</summary>
    public long ControllerDone { get; set; }

    /// <summary>When the command left the host.</summary>
    public long CommandSent { get; set; }

    /// <summary>When the agent had it.</summary>
    public long AgentReceived { get; set; }

    /// <summary>When the agent began to write it to the bus.</summary>
    public long BusWriteStart { get; set; }

    /// <summary>When the write was handed to the bus.</summary>
    public long BusWriteEnd { get; set; }

    /// <summary>When the last servo had answered the read that follows the write.</summary>
    public long BusReply { get; set; }

    /// <summary>When the host had the state that answers the command.</summary>
    public long StateReceived { get; set; }

    /// <summary>When the twin had been stepped with the same command.</summary>
    public long TwinStepped { get; set; }

    /// <summary>When the recorder had written the tick.</summary>
    public long Recorded { get; set; }
}
