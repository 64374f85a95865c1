namespace HilRig.Harness.Results;

/// <summary>What is known of the instant of a stop's cause.</summary>
public enum StopCauseSource
{
    /// <summary>A fault was injected then.</summary>
    Fault,

    /// <summary>The last sign of life of the process that died or hung.</summary>
    LastHeartbeat,

    /// <summary>The last valid command, a deadman before the stop.</summary>
    LastCommand,

    /// <summary>Only when it was noticed is known; the time until then is not counted.</summary>
    Detection,
}
