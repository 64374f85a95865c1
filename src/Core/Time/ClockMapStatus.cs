namespace HilRig.Core.Time;

/// <summary>Whether instants can be taken from one clock to another.</summary>
public enum ClockMapStatus
{
    /// <summary>They can.</summary>
    Known,

    /// <summary>No probe has been answered yet. Whoever must convert waits.</summary>
    Unknown,

    /// <summary>
    /// The last probe was answered too long ago. Whoever must convert stops doing so.
    /// </summary>
    Stale,
}
