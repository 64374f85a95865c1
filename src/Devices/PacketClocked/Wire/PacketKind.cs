namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>What a packet says.</summary>
internal enum PacketKind : byte
{
    /// <summary>Host: take me as the one who commands.</summary>
    Connect = 1,

    /// <summary>Controller: you are; here is the period.</summary>
    Connected = 2,

    /// <summary>Controller: you are not; here is why.</summary>
    Refused = 3,

    /// <summary>Controller: one cycle's state. It wants an answer.</summary>
    State = 4,

    /// <summary>Host: the goals that answer one state.</summary>
    Command = 5,

    /// <summary>Host: stop now.</summary>
    Stop = 6,

    /// <summary>Host, for a person: leave a latched stop.</summary>
    Rearm = 7,
}
