namespace HilRig.Cli.Bench;

/// <summary>What the bridge bench is asked to measure.</summary>
/// <param name="Lane">shm or zmq.</param>
/// <param name="Spins">Whether the shared-memory lane waits by spinning.</param>
/// <param name="RateHertz">Rate of the paced part, Hz.</param>
/// <param name="Seconds">Turns of a second for each.</param>
/// <param name="Priority">SCHED_FIFO priority, here and there; 0: ordinary.</param>
/// <param name="Cycles">Round trips over which allocations are counted; 0: none.</param>
/// <param name="ControlProgram">The built bench/bridge/control.cpp; null: no controls.</param>
internal sealed record BridgeBenchOptions(
    string Lane,
    bool Spins,
    double RateHertz,
    int Seconds,
    int Priority,
    int Cycles,
    string? ControlProgram)
{
    /// <summary>The shared-memory lane.</summary>
    public const string SharedMemory = "shm";

    /// <summary>The ZeroMQ lane.</summary>
    public const string ZeroMq = "zmq";
}
