namespace HilRig.Devices.Virtual.Server;

/// <summary>Where a virtual bus can be reached.</summary>
public enum VirtualBusPort
{
    /// <summary>A pseudo-terminal. Linux only.</summary>
    PseudoTerminal,

    /// <summary>A TCP port on the loopback interface.</summary>
    Tcp,
}
