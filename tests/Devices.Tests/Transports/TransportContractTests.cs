using System.Net;
using System.Net.Sockets;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Transports;

/// <summary>The POSIX transport over a pseudo-terminal.</summary>
[Platform("Linux")]
public sealed class PosixSerialTransportContract : ByteTransportContract
{
    /// <inheritdoc/>
    protected override (IByteTransport Near, IByteTransport Far) OpenPair()
    {
        var far = PseudoTerminal.Open();
        return (PosixSerialTransport.Open(far.SlavePath, 1_000_000), far);
    }
}

/// <summary>System.IO.Ports over a pseudo-terminal.</summary>
[Platform("Linux")]
public sealed class SerialPortTransportContract : ByteTransportContract
{
    /// <inheritdoc/>
    protected override (IByteTransport Near, IByteTransport Far) OpenPair()
    {
        var far = PseudoTerminal.Open();
        return (SerialPortTransport.Open(far.SlavePath, 1_000_000), far);
    }
}

/// <summary>The TCP transport over loopback.</summary>
public sealed class TcpTransportContract : ByteTransportContract
{
    /// <inheritdoc/>
    protected override (IByteTransport Near, IByteTransport Far) OpenPair()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var near = TcpTransport.Open($"tcp://{listener.LocalEndpoint}");
        return (near, new TcpTransport("the other end", listener.AcceptSocket()));
    }
}
