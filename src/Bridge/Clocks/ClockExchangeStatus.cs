namespace HilRig.Bridge.Clocks;

/// <summary>What one question to a peer's clock ended with.</summary>
public enum ClockExchangeStatus
{
    /// <summary>It was answered.</summary>
    Answered,

    /// <summary>No answer came in time; the next question may be answered.</summary>
    Silent,

    /// <summary>The connection is gone; connect again.</summary>
    Lost,
}
