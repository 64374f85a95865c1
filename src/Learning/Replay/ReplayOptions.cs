namespace HilRig.Learning.Replay;

/// <summary>How rows are made of episodes.</summary>
internal sealed record ReplayOptions
{
    /// <summary>Steps n of a return, 1 or more.</summary>
    public int ReturnSteps { get; init; } = 3;

    /// <summary>Discount γ of a step, in (0, 1].</summary>
    public double Discount { get; init; } = 0.99;

    /// <summary>
    /// Whether the value of the last state counts when an episode ended without an end (time-out,
    /// operator). False is what the reference of IBRL does: a time-out ends like a terminal.
    /// </summary>
    public bool BootstrapsAtTruncation { get; init; } = true;
}
