namespace HilRig.Harness.Episodes.RealTime;

/// <summary>Who moves the arm in an episode.</summary>
public enum HandOver
{
    /// <summary>The policy.</summary>
    Auto,

    /// <summary>Nobody: it stands still, and no step is taken or recorded.</summary>
    Paused,

    /// <summary>The operator's hand; the policy is asked all the same, for the record.</summary>
    Correcting,
}
