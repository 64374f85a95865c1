using HilRig.Core.Errors;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Transports;

/// <summary>Opens the transport that a port's name asks for.</summary>
public static class TransportFactory
{
    /// <summary>Opens a port.</summary>
    /// <param name="port">
    /// "tcp://host:port"; on Linux the path of a serial port or pseudo-terminal; elsewhere a name
    /// of System.IO.Ports.
    /// </param>
    /// <param name="baud">Bits per second; meaningless for TCP.</param>
    /// <exception cref="DeviceException">
    /// The port is absent, busy, not permitted, or no serial port.
    /// </exception>
    public static IByteTransport Open(string port, int baud)
    {
        if (HasNoBaud(port))
        {
            return TcpTransport.Open(port);
        }

        return OperatingSystem.IsLinux()
            ? PosixSerialTransport.Open(port, baud)
            : SerialPortTransport.Open(port, baud);
    }

    /// <summary>Whether a port has no baud rate of its own.</summary>
    /// <param name="port">Port name.</param>
    public static bool HasNoBaud(string port) =>
        port.StartsWith(TcpTransport.Scheme, StringComparison.OrdinalIgnoreCase);
}
