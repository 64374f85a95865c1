namespace HilRig.Core.Sessions;

/// <summary>What a wait on the agent's channel brought; several may come at once.</summary>
[Flags]
public enum AgentRequest
{
    /// <summary>The wait timed out.</summary>
    None = 0,

    /// <summary>A new command is waiting in the latest-wins slot.</summary>
    Command = 1,

    /// <summary>
    /// The owner asks to arm: torque on at the measured pose. Refused while a stop is latched.
    /// </summary>
    Arm = 2,

    /// <summary>The owner asks for the safe posture.</summary>
    Stop = 4,

    /// <summary>A person asks to clear the latched stop.</summary>
    Rearm = 8,

    /// <summary>The process is asked to end, after the safe posture.</summary>
    Quit = 16,
}
