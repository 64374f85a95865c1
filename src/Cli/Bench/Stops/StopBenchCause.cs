namespace HilRig.Cli.Bench.Stops;

/// <summary>What a kill of the stop bench does.</summary>
internal enum StopBenchCause
{
    /// <summary>SIGKILL to the agent.</summary>
    AgentKilled,

    /// <summary>SIGSTOP to the agent.</summary>
    AgentFrozen,

    /// <summary>
    /// SIGKILL to the agent with half a packet on the bus: the agent is frozen, half a sync write
    /// goes out through its port, then it is killed.
    /// </summary>
    AgentKilledMidPacket,

    /// <summary>SIGKILL to the host.</summary>
    HostKilled,

    /// <summary>SIGSTOP to the host: the stream of commands freezes with it.</summary>
    HostFrozen,

    /// <summary>SIGKILL to the guardian.</summary>
    GuardianKilled,

    /// <summary>SIGSTOP to the guardian.</summary>
    GuardianFrozen,

    /// <summary>No command leaves the host any more; it lives on.</summary>
    CommandsFrozen,

    /// <summary>Every command is far outside the limits.</summary>
    IllegalCommands,

    /// <summary>The port of the bus is gone: nobody can reach the servos any more.</summary>
    BusGone,

    /// <summary>The emergency stop is pressed and stays pressed.</summary>
    EmergencyStop,
}
