namespace HilRig.Devices.PacketClocked.RealTime;

/// <summary>What a datagram at a controller meant.</summary>
internal enum SeatEvent
{
    /// <summary>Nothing to the loop: garbage, a stranger's, or a refused host's.</summary>
    Nothing,

    /// <summary>A host has the seat now.</summary>
    Connected,

    /// <summary>The host's goals are in <see cref="HostSeat.Incoming"/>.</summary>
    Command,

    /// <summary>The host wants a stop.</summary>
    Stop,

    /// <summary>A person wants to leave a latched stop.</summary>
    Rearm,
}
