namespace HilRig.Core.Joints;

/// <summary>Why a plant went to its safe posture.</summary>
public enum StopReason
{
    /// <summary>It has not stopped.</summary>
    None,

    /// <summary>Somebody asked for it: end of a run, Ctrl-C.</summary>
    Requested,

    /// <summary>No valid fresh command arrived within the deadman time.</summary>
    DeadmanExpired,

    /// <summary>A command outside the limits arrived.</summary>
    IllegalCommand,

    /// <summary>
    /// A servo did not answer several times in a row; without a joint: no servo of a bus did.
    /// </summary>
    ServoLost,

    /// <summary>A servo reports an error (overload, heat, voltage, sensor).</summary>
    ServoError,

    /// <summary>The bus itself is gone (unplugged, closed).</summary>
    BusLost,

    /// <summary>The process that owned the bus died or hung; the guardian took over.</summary>
    AgentDied,

    /// <summary>The test host died; the guardian or the agent's deadman noticed.</summary>
    HostDied,

    /// <summary>The rig must not move without a guardian, and none looks after it.</summary>
    Unguarded,

    /// <summary>The emergency stop was pressed, or its input cannot be read.</summary>
    EmergencyStop,
}
