namespace HilRig.Cli.Bench;

/// <summary>What the bridge bench measured.</summary>
/// <param name="Lane">shm or zmq.</param>
/// <param name="Waiting">blocking or spinning.</param>
/// <param name="RateHertz">Rate of the paced part, Hz.</param>
/// <param name="Priority">SCHED_FIFO priority asked for, here and there; 0: ordinary.</param>
/// <param name="Granted">Whether this process got it.</param>
/// <param name="Paced">Round trips by name, "bridge" and the controls', at the rate.</param>
/// <param name="Closed">The same, one after the other.</param>
/// <param name="Unanswered">Commands of the bridge whose answer did not come in a second.</param>
/// <param name="Allocation">What the round trips of --cycles allocated; null without.</param>
internal sealed record BridgeBenchResult(
    string Lane,
    string Waiting,
    double RateHertz,
    int Priority,
    bool Granted,
    IReadOnlyDictionary<string, RoundTripLatency> Paced,
    IReadOnlyDictionary<string, RoundTripLatency> Closed,
    int Unanswered,
    BridgeAllocation? Allocation);

/// <summary>Managed bytes that round trips allocated in each process.</summary>
/// <param name="Cycles">Round trips.</param>
/// <param name="AgentBytes">In the agent's process, all threads.</param>
/// <param name="AgentCollections">Its collections.</param>
/// <param name="HostBytes">In the host's process, all threads.</param>
/// <param name="HostCollections">Its collections.</param>
/// <param name="RemoteBytes">In the process of the remote lane; null on the other lane.</param>
/// <param name="RemoteCollections">Its collections; null on the other lane.</param>
internal sealed record BridgeAllocation(
    int Cycles,
    long AgentBytes,
    long AgentCollections,
    long HostBytes,
    long HostCollections,
    long? RemoteBytes,
    long? RemoteCollections);
