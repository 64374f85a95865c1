namespace HilRig.Harness.Scenarios;

/// <summary>When a run says nothing, although no budget was exceeded.</summary>
public sealed record InconclusiveRules
{
    /// <summary>Fewest measured ticks a judgement needs. Default 100.</summary>
    public long TicksMin { get; init; } = 100;

    /// <summary>
    /// Whether latency budgets are judged only where the loop got real time (SCHED_FIFO). Default
    /// false: they are judged anywhere.
    /// </summary>
    public bool NeedsRealTime { get; init; }
}
