namespace HilRig.Core.Ports;

/// <summary>What one call on a plant ended with. In the loop, failures are values.</summary>
public enum PlantStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Read: no unread state is waiting. The loop goes on.</summary>
    NoNewState,

    /// <summary>
    /// The plant has latched a stop; it acts on nothing until re-armed. The loop ends.
    /// </summary>
    Stopped,

    /// <summary>
    /// The plant is gone (process, bus or device). The loop ends with a rig error.
    /// </summary>
    Lost,
}
