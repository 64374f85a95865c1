namespace HilRig.Harness.Episodes;

/// <summary>Where a session is.</summary>
internal enum SessionStage
{
    /// <summary>The loop has not reported yet.</summary>
    Starting,

    /// <summary>The next episode is to be asked for.</summary>
    Between,

    /// <summary>A reset is on.</summary>
    Resetting,

    /// <summary>An episode is on.</summary>
    Running,

    /// <summary>The arm goes home.</summary>
    Closing,

    /// <summary>The loop was told to end, or has ended.</summary>
    Ended,
}
