namespace HilRig.Harness.Results;

/// <summary>
/// Names of the latency metrics, in the order of a tick. Every result has all of them.
/// </summary>
/// <remarks>
/// wake to record are durations of one stage, measured from the end of the stage before it (wake:
/// from the planned instant). endToEnd is the planned instant to the arrival of the state that
/// answers the tick's command; a skipped or unanswered tick counts as the latency it caused.
/// </remarks>
public static class LatencyKeys
{
    /// <summary>Planned instant to the loop's wake-up.</summary>
    public const string Wake = "wake";

    /// <summary>Wake-up to the newest state taken.</summary>
    public const string StateRead = "stateRead";

    /// <summary>State taken to the command computed and limited.</summary>
    public const string Policy = "policy";

    /// <summary>Command computed to command handed to the bridge.</summary>
    public const string CommandSend = "commandSend";

    /// <summary>Command sent to command in the agent's hands.</summary>
    public const string AgentReceive = "agentReceive";

    /// <summary>Command in the agent's hands to the goals written to the bus.</summary>
    public const string BusWrite = "busWrite";

    /// <summary>Goals written to the last servo's answer.</summary>
    public const string BusReply = "busReply";

    /// <summary>Last servo's answer to the state in the host's hands.</summary>
    public const string StateReceive = "stateReceive";

    /// <summary>Command sent to the twin stepped with it.</summary>
    public const string TwinStep = "twinStep";

    /// <summary>End of the loop's work on a tick to the recorder having written it.</summary>
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
