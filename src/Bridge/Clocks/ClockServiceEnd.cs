namespace HilRig.Bridge.Clocks;

/// <summary>Why a stream of clock questions ended.</summary>
public enum ClockServiceEnd
{
    /// <summary>The peer closed it, or it broke, or it was silent for too long.</summary>
    Closed,

    /// <summary>Something other than a question came; count it against the peer.</summary>
    Malformed,

    /// <summary>Serving was told to end.</summary>
    Stopped,
}
