namespace HilRig.Harness.Promotion;

/// <summary>What a promotion gate says.</summary>
public enum GateDecision
{
    /// <summary>More pairs are needed.</summary>
    Undecided,

    /// <summary>The candidate replaces the deployed policy.</summary>
    Promote,

    /// <summary>The deployed policy stays.</summary>
    Keep,
}
