using HilRig.Core.Ports;

namespace HilRig.Devices.PacketClocked;

/// <summary>How a host drives a packet-clocked controller.</summary>
public sealed record PacketPlantOptions
{
    /// <summary>Where the controller is, "udp://HOST:PORT".</summary>
    public required string Endpoint { get; init; }

    /// <summary>Name and joints.</summary>
    public required PlantDescription Description { get; init; }

    /// <summary>First eight bytes of the rig file's SHA-256.</summary>
    public required ulong RigDigest { get; init; }

    /// <summary>How long the controller may take to answer at the start. Default 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Silence after which the controller is gone. Default 200 ms.</summary>
    public TimeSpan LostTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a stop may take until every joint rests. Default 1 s.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(1);
}
