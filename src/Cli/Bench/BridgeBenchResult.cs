namespace HilRig.Cli.Bench;

/// <summary>What the bridge bench measured.</summary>
/// <param name="RateHertz">Rate of the commands, Hz.</param>
/// <param name="DofCount">Joints in each message.</param>
/// <param name="Bridge">Round trips through AgentBridge and RemotePlant.</param>
/// <param name="RawSocket">Round trips of as many bytes through one TCP connection.</param>
/// <param name="CommandBytes">Bytes of a command, ZMTP header included.</param>
/// <param name="StateBytes">Bytes of a state, ZMTP header included.</param>
/// <param name="CommandsSuperseded">
/// Commands that a newer one overwrote before the host's socket had room: latest wins.
/// </param>
/// <param name="StatesSkipped">Gaps in the sequence of states that arrived.</param>
/// <param name="MissedTicks">Grid points the loop had to skip, both parts together.</param>
/// <param name="AllocatedBytes">
/// Managed bytes the loop's thread allocated in the bridge part.
/// </param>
/// <param name="InlineCompletions">
/// Whether DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 was set for both processes.
/// </param>
internal sealed record BridgeBenchResult(
    double RateHertz,
    int DofCount,
    RoundTripLatency Bridge,
    RoundTripLatency RawSocket,
    int CommandBytes,
    int StateBytes,
    long CommandsSuperseded,
    long StatesSkipped,
    long MissedTicks,
    long AllocatedBytes,
    bool InlineCompletions)
{
    /// <summary>Whether both processes got a better nice value.</summary>
    public bool RaisedPriority { get; init; }

    /// <summary>SCHED_FIFO priority of all threads but the loop's; 0 when ordinary.</summary>
    public int ProcessPriority { get; init; }
}
