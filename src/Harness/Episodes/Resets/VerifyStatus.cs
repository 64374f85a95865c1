namespace HilRig.Harness.Episodes.Resets;

/// <summary>What a check before an episode says.</summary>
public enum VerifyStatus
{
    /// <summary>Measured, and as it should be.</summary>
    Passed,

    /// <summary>Nothing measures it; the operator says so.</summary>
    OnWord,

    /// <summary>Not as it should be.</summary>
    Refused,
}
