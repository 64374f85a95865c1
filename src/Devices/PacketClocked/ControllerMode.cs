namespace HilRig.Devices.PacketClocked;

/// <summary>What a packet-clocked controller does with commands.</summary>
public enum ControllerMode : byte
{
    /// <summary>Holds its pose; the first command that begins a motion is followed.</summary>
    Idle,

    /// <summary>Follows commands; each state wants its answer.</summary>
    Moving,

    /// <summary>Has stopped, holds its pose and follows nothing until it is re-armed.</summary>
    Stopped,
}
