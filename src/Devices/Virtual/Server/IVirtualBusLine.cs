using HilRig.Devices.Transports;

namespace HilRig.Devices.Virtual.Server;

/// <summary>The servo side of a port that hosts open.</summary>
internal interface IVirtualBusLine : IDisposable
{
    /// <summary>What a host gives as its port.</summary>
    string PortName { get; }

    /// <summary>Baud rate the host has set; 0 when the port has none.</summary>
    int ObservedBaud { get; }

    /// <summary>Number of hosts so far; grows when another one has come.</summary>
    int HostCount { get; }

    /// <summary>
    /// Waits for bytes until a deadline. Timeout also when a host has left or come.
    /// </summary>
    TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count);

    /// <summary>
    /// Hands bytes to the host; what it does not take at once is dropped, as on a line.
    /// </summary>
    void Write(ReadOnlySpan<byte> bytes);
}
