namespace HilRig.Harness.Results;

/// <summary>What travelled between host and agent, and how fresh it was.</summary>
public sealed record BridgeReport
{
    /// <summary>Where the agent was, such as "shm:PATH"; the scheme names the lane.</summary>
    public required string Address { get; init; }

    /// <summary>Host to agent.</summary>
    public required TopicReport Commands { get; init; }

    /// <summary>Agent to host.</summary>
    public required TopicReport States { get; init; }

    /// <summary>Requests (arm, stop, heartbeat, ...) and their answers.</summary>
    public required TopicReport Events { get; init; }

    /// <summary>Commands by the agent's verdict, such as "Accepted", "Stale".</summary>
    public required IReadOnlyDictionary<string, long> Verdicts { get; init; }

    /// <summary>The agent's clock; null when host and agent share one.</summary>
    public ClockReport? Clock { get; init; }

    /// <summary>Messages that were damaged or not for us.</summary>
    public required long Malformed { get; init; }
}
