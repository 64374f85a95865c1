namespace HilRig.Devices.Guardian;

/// <summary>How a guardian's watch ended.</summary>
public enum GuardianOutcome
{
    /// <summary>No agent's loop ever ran; there was nothing to guard.</summary>
    NothingToGuard,

    /// <summary>The agent ended in good order and left the rig safe.</summary>
    AgentEnded,

    /// <summary>
    /// The guardian took the bus over and every servo confirmed the whole safe posture, lowering
    /// included.
    /// </summary>
    TookOver,

    /// <summary>
    /// The guardian tried to take over and some servo, or the bus, did not confirm; or the rig is
    /// held, but its lowering is unconfirmed.
    /// </summary>
    TookOverUnconfirmed,
}
