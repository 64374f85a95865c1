namespace HilRig.Harness.Results;

/// <summary>
/// Names of the latency metrics, in the order of a tick. Every result has all of them.
/// </summary>
/// <remarks>
/// A latency is measured from the planned instant of its tick to the end of the hop, so that a late
/// loop hides nothing; what a hop takes by itself is in <see cref="RunResult.Stages"/>. endToEnd is
/// the planned instant to the arrival of the state that answers the tick's command; a skipped or
/// unanswered tick counts as the latency it caused.
/// </remarks>
public static class LatencyKeys
{
    /// <summary>The loop woke.</summary>
    public const string Wake = "wake";

    /// <summary>The newest state was taken.</summary>
    public const string StateRead = "stateRead";

    /// <summary>The command was computed and limited.</summary>
    public const string Policy = "policy";

    /// <summary>The command left the host.</summary>
    public const string CommandSend = "commandSend";

    /// <summary>The agent had the command.</summary>
    public const string AgentReceive = "agentReceive";

    /// <summary>The goals were written to the bus.</summary>
    public const string BusWrite = "busWrite";

    /// <summary>The last servo had answered.</summary>
    public const string BusReply = "busReply";

    /// <summary>The host had the state that answers the command.</summary>
    public const string StateReceive = "stateReceive";

    /// <summary>The twin was stepped with the command.</summary>
    public const string TwinStep = "twinStep";

    /// <summary>The recorder had written the tick.</summary>
    public const string Record = "record";

    /// <summary>
    /// Planned instant to the state that answers the tick's command in the host's hands.
    /// </summary>
    public const string EndToEnd = "endToEnd";

    /// <summary>Every key, in the order of a tick.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Wake, StateRead, Policy, CommandSend, AgentReceive, BusWrite, BusReply, StateReceive,
        TwinStep, Record, EndToEnd,
    ];
}
