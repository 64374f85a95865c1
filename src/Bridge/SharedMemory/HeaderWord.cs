namespace HilRig.Bridge.SharedMemory;

/// <summary>Words of a lane's header, counted in 8 bytes.</summary>
internal static class HeaderWord
{
    /// <summary>These fields in words, for the hash of the layout.</summary>
    public const string Text = "magic 0, version 1, hash 2 to 5, dof 6, bytes 7, agent pid 8, "
        + "start 9, id 10; agent beat 16, ended 17; wake loop 32, 33, desk 48, 49, states 64, 65; "
        + "commands 80; head 96";

    public const int Magic = 0;
    public const int Version = 1;
    public const int Hash = 2;
    public const int DofCount = 6;
    public const int FileBytes = 7;

    /// <summary>Process id of the agent.</summary>
    public const int AgentProcess = 8;

    /// <summary>When that process started.</summary>
    public const int AgentStart = 9;

    /// <summary>The agent's random id, as in the handshake.</summary>
    public const int AgentId = 10;

    /// <summary>When the agent's session desk last looked, CLOCK_MONOTONIC ns.</summary>
    public const int AgentBeat = 16;

    /// <summary>Not 0 once the agent has closed the lane in order.</summary>
    public const int AgentEnded = 17;

    /// <summary>Wakes the agent's loop: a counter and a mask of who waits.</summary>
    public const int LoopWake = 32;

    /// <summary>Wakes the agent's session desk.</summary>
    public const int DeskWake = 48;

    /// <summary>Wakes whoever waits for a state.</summary>
    public const int StateWake = 64;

    /// <summary>Seats that have written a command since the loop last looked, a bit each.</summary>
    public const int CommandPending = 80;

    /// <summary>Number of states published so far.</summary>
    public const int StateHead = 96;
}
