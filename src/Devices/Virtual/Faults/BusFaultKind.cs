namespace HilRig.Devices.Virtual.Faults;

/// <summary>What goes wrong on a virtual bus.</summary>
public enum BusFaultKind
{
    /// <summary>
    /// A servo is unplugged: it neither hears nor answers, and its motor keeps doing what it did.
    /// Without a servo: the port is closed, for good.
    /// </summary>
    Off,

    /// <summary>Replies keep the registers of the fault's first instant.</summary>
    Stuck,

    /// <summary>One bit of each reply's checksum is flipped.</summary>
    Garbage,

    /// <summary>Replies tell something else; see <see cref="ReplyLie"/>.</summary>
    Wrong,

    /// <summary>Replies begin later; the line waits for them.</summary>
    Slow,

    /// <summary>The host gets replies later; the adapter takes nothing meanwhile.</summary>
    Delayed,

    /// <summary>Replies never come; their time on the line passes in silence.</summary>
    Intermittent,

    /// <summary>The emergency stop beside the arm is pressed.</summary>
    Press,

    /// <summary>The wire of the emergency stop is cut: its input cannot be read.</summary>
    Unwire,

    /// <summary>The servos have no supply.</summary>
    Unpower,
}
