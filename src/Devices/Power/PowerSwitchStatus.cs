namespace HilRig.Devices.Power;

/// <summary>What became of an order to a power switch.</summary>
public enum PowerSwitchStatus
{
    /// <summary>It says that it has switched.</summary>
    Confirmed,

    /// <summary>
    /// The order is out, and this kind of switch cannot answer. Whoever needs proof looks at the
    /// servos: they fall silent.
    /// </summary>
    Unconfirmed,

    /// <summary>It is gone, or says that it has not switched.</summary>
    Failed,
}
